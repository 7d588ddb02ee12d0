/** Three significant figures, and no decimals beyond a hundred. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

export const ratio = (value: number, floor: number): string => `${figure(value)} (×${(value / floor).toFixed(2)})`;

/** Prints a Markdown table with columns that line up. */
export function printTable(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  console.log(`\n### ${title}\n\n${[head, rule, ...rows].map(line).join('\n')}`);
}
