// The whole editor is the package; what it may change comes with the page.
import CMS from '@sveltia/cms'

// The editor takes a dot in a key for a step into a record, and would write {"nav":{"home":…}}: in it, keys are divided by a slash.
const renamed = (texts, from, to) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key.replaceAll(from, to), text]))

CMS.registerCustomFormat('strings', 'json', {
  fromFile: (text) => renamed(JSON.parse(text), '.', '/'),
  toFile: (texts) => `${JSON.stringify(renamed(texts, '/', '.'), null, 2)}\n`,
})

const { textContent } = document.getElementById('config')
CMS.init({ config: JSON.parse(textContent) })
