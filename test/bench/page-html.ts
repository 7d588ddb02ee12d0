// The two pages that are measured: the widget, and the floor, which does the same for the eye with nothing behind it.

const frame = (script: string, body: string): string => `
  <style>html, body { height: 100%; margin: 0 } im-chat-window, main { display: block; height: 100% }
    main { overflow: auto } main p { margin: 2px 8px; padding: 8px; background: #eee }</style>
  ${script}
  ${body}`;

/** The widget with one conversation; its script comes from `scripts`, its data through `server`. */
export const widgetPage = (scripts: string, server: string, token: string): string =>
  frame(
    `<link rel="modulepreload" href="${scripts}/im-elements.js">
     <script type="module">performance.mark('start')</script>
     <script type="module" src="${scripts}/im-elements.js"></script>`,
    `<im-connection server="${server}" account="alice" token="${token}">
       <im-chat-window conversation="p2p-bob"></im-chat-window>
     </im-connection>`,
  );

/** A bare page: the last 60 messages out of a database of `count`, as paragraphs; then what a WebSocket brings, one by one. */
export const floorPage = (count: number, socketUrl: string): string =>
  frame(
    `<script type="module">
      performance.mark('start');
      const result = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const main = document.querySelector('main');
      const show = (text) => {
        const paragraph = document.createElement('p');
        paragraph.textContent = text;
        main.append(paragraph);
      };
      const opening = indexedDB.open('floor-${count}', 1);
      opening.onupgradeneeded = () => {
        const store = opening.result.createObjectStore('messages', { keyPath: ['cid', 'seq'] });
        for (let seq = 1; seq <= ${count}; seq++)
          store.add({ cid: 'p2p-bob', seq, message: { idClient: 'message-' + seq, from: 'bob', content: 'message ' + seq + ' of history' } });
      };
      const store = (await result(opening)).transaction('messages').objectStore('messages');
      const range = IDBKeyRange.bound(['p2p-bob', ${count} - 59], ['p2p-bob', ${count}]);
      for (const { message } of await result(store.getAll(range))) show(message.content);
      main.scrollTop = main.scrollHeight;
      const socket = new WebSocket('${socketUrl}');
      socket.onopen = () => socket.send(JSON.stringify({ t: 'hello', account: 'alice' }));
      socket.onmessage = ({ data }) => {
        const { event } = JSON.parse(data);
        if (event) show(event.message.content);
        main.scrollTop = main.scrollHeight;
      };
    </script>`,
    '<main></main>',
  );
