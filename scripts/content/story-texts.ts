// Reads the stories in content/ without stopping at a fault, and returns a story as the text of a
// page.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { WholeLanguage } from '#content/languages.ts'
import { storySchema, type StoryRecord } from '#content/story-schema.ts'
import { readJson, type PageText } from '#scripts/content/read-file'

interface ReadStory {
  /** The path of the file inside content/. */
  path: string
  /** null when the file does not fit its schema. */
  story: StoryRecord | null
  fault: string | null
}

export function readStories(folder: string): ReadStory[] {
  return readdirSync(join(folder, 'content/stories'))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => {
      const path = `stories/${name}`
      const { data, error } = storySchema.safeParse(readJson(folder, path))
      const [issue] = error?.issues ?? []
      const fault = issue ? `${path} ${issue.path.join('.')}: ${issue.message}` : null
      return { path, story: data ?? null, fault }
    })
}

/** Returns a story as the text of a page in one language. */
export function textOfStory(lang: WholeLanguage, story: StoryRecord): PageText {
  const { id, title, description, scenes, facts, related, reviewed } = story
  const source = [
    title[lang],
    description[lang],
    ...scenes.flatMap((scene) => [
      scene.title[lang],
      scene.text[lang],
      ...scene.choices.map(({ text }) => text[lang]),
      scene.now?.[lang] ?? '',
    ]),
  ].join('\n\n')
  const head = `---\nrelated: [${related.join(', ')}]\n---\n`
  return {
    lang,
    path: `stories/${id}.json`,
    page: `stories/${id}`,
    source: head + source,
    reviewed: reviewed[lang],
    facts,
  }
}
