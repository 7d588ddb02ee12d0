/** The element itself, then everything round it, out through shadow hosts (slots are not followed: `lang` inherits in the node tree). */
export function* ancestorsOf(element: Element): Generator<Element> {
  for (let node: Node | null = element; node; node = node instanceof ShadowRoot ? node.host : node.parentNode)
    if (node instanceof Element) yield node;
}

const rootsOf = (element: Element): Node[] => {
  const roots: Node[] = [];
  for (let root = element.getRootNode(); ; root = root.host.getRootNode()) {
    roots.push(root);
    if (!(root instanceof ShadowRoot)) return roots;
  }
};

const users = new Map<Node, Set<() => void>>();
const called = new Set<() => void>();
let observer: MutationObserver | undefined;

/**
 * Calls back when `lang` or `dir` changes anywhere in the trees round an element; one observer serves all.
 * Gives the function that ends it.
 */
export function watchLanguage(element: Element, changed: () => void): () => void {
  const roots = rootsOf(element);
  for (const root of roots) {
    let callbacks = users.get(root);
    if (!callbacks) {
      users.set(root, (callbacks = new Set()));
      observe(root);
    }
    callbacks.add(changed);
  }
  return () => {
    let emptied = false;
    for (const root of roots) {
      const callbacks = users.get(root);
      callbacks?.delete(changed);
      if (callbacks?.size === 0) emptied = users.delete(root) || emptied;
    }
    if (emptied) observeAnew();
  };
}

function observe(root: Node): void {
  observer ??= new MutationObserver((records) => {
    for (const { target } of records) for (const callback of users.get(rootOf(target)) ?? []) called.add(callback);
    for (const callback of called) callback();
    called.clear();
  });
  observer.observe(root, { attributes: true, attributeFilter: ['lang', 'dir'], subtree: true });
}

const rootOf = (node: Node): Node => node.getRootNode();

/** An observer cannot leave a single node, so it leaves all and returns to those that are still used. */
function observeAnew(): void {
  observer?.disconnect();
  if (users.size === 0) observer = undefined;
  else for (const root of users.keys()) observe(root);
}
