import { ContextProvider } from '@lit/context';
import type { ChatClientApi } from '../../src/client/api.js';
import { clientContext, selectionContext, type Selection } from '../../src/elements/context.js';

/** Makes a plain element a provider, for tests of one element without `<im-connection>`. */
export function provideClient(
  element: HTMLElement,
  client: ChatClientApi | undefined,
): {
  readonly setClient: (client: ChatClientApi | undefined) => void;
  readonly select: (conversationId: string | undefined) => void;
  readonly selected: () => string | undefined;
} {
  const clients = new ContextProvider(element, { context: clientContext, initialValue: client });
  const selections = new ContextProvider(element, { context: selectionContext });
  const select = (conversationId: string | undefined): void => {
    const selection: Selection = { conversationId, select };
    selections.setValue(selection);
  };
  select(undefined);
  return {
    setClient: (next) => clients.setValue(next),
    select,
    selected: () => selections.value?.conversationId,
  };
}
