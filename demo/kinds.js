// Two kinds of message that come with the widget, sent by a page: a red packet, which the demo's server hands out once a person, and a card.
const drafts = {
  packet: {
    kind: 'red-packet',
    fallback: '🧧 A red packet',
    greeting: 'Good luck!',
    amount: '¥ 8.88',
    shares: 1,
  },
  card: {
    kind: 'card',
    fallback: 'Lunch?',
    title: 'Lunch?',
    text: 'The place at the corner has a table at noon.',
    buttons: [{ label: 'Yes' }, { label: 'No' }],
  },
};

for (const button of document.querySelectorAll('button[data-send]'))
  button.addEventListener('click', () => {
    const { client } = document.querySelector(`im-messenger[account=${button.dataset.from}]`);
    const content = JSON.stringify(drafts[button.dataset.send]);
    client?.send(button.dataset.to, { type: 'custom', content });
  });
