/** The forms of a counted phrase that a language has; `other` is always there. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string };

/** A phrase for a count: picks the language's plural form and puts the number where `#` stands. */
export function pluralIn(locale: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}
