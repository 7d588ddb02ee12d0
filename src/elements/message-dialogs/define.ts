import { ImConfirmDialog } from './confirm.js';
import { ImDetailsDialog } from './details.js';
import { ImForwardDialog } from './forward.js';
import { ImReportDialog } from './report.js';

const elements = [
  ['im-confirm-dialog', ImConfirmDialog],
  ['im-details-dialog', ImDetailsDialog],
  ['im-forward-dialog', ImForwardDialog],
  ['im-report-dialog', ImReportDialog],
] as const;

/** Registers them, once. */
export function define(): void {
  for (const [tag, element] of elements) if (!customElements.get(tag)) customElements.define(tag, element);
}

declare global {
  interface HTMLElementTagNameMap {
    'im-confirm-dialog': ImConfirmDialog;
    'im-details-dialog': ImDetailsDialog;
    'im-forward-dialog': ImForwardDialog;
    'im-report-dialog': ImReportDialog;
  }
}
