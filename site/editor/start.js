// Starts the editor of the package. The page contains the editor's configuration.
import { useServedFolder } from './served-folder.ts'

// The editor reads a dot in a key as a step into a record and would write {"nav":{"home":…}}. So
// the editor sees a slash instead of each dot.
const renamed = (texts, from, to) =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key.replaceAll(from, to), text]))

const config = JSON.parse(document.getElementById('config').textContent)
// Only `npm run edit` has a backend without a repository. The package reads its settings on import,
// so they must exist before that.
if (config.backend.repo === undefined) await useServedFolder()
const { default: CMS } = await import('@sveltia/cms')

CMS.registerCustomFormat('strings', 'json', {
  fromFile: (text) => renamed(JSON.parse(text), '.', '/'),
  toFile: (texts) => `${JSON.stringify(renamed(texts, '/', '.'), null, 2)}\n`,
})

CMS.init({ config })
