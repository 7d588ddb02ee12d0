// The switches of the demo: a page colours and turns the elements by a custom property and three attributes.
const form = document.querySelector('.switches');
const root = document.documentElement;

form.addEventListener('input', (event) => {
  const { name, value } = event.target;
  if (name === 'accent') root.style.setProperty('--im-color-accent', value);
  if (name === 'dir') root.dir = value;
  if (name === 'lang') {
    root.lang = value;
    root.dir = form.elements.dir.value = value === 'ar' ? 'rtl' : 'ltr';
  }
  if (name === 'theme') {
    root.dataset.theme = value;
    for (const messenger of document.querySelectorAll('im-messenger')) messenger.setAttribute('theme', value);
  }
});
form.addEventListener('submit', (event) => event.preventDefault());
