// Starts the editor of the package. The page holds the editor's configuration.
import CMS from '@sveltia/cms'

// The editor reads a dot in a key as a step into a record and would write {"nav":{"home":…}}.
// So the editor sees a slash in place of each dot.
const renamed = (texts, from, to) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key.replaceAll(from, to), text]))

CMS.registerCustomFormat('strings', 'json', {
  fromFile: (text) => renamed(JSON.parse(text), '.', '/'),
  toFile: (texts) => `${JSON.stringify(renamed(texts, '/', '.'), null, 2)}\n`,
})

const { textContent } = document.getElementById('config')
CMS.init({ config: JSON.parse(textContent) })
