// Reads the stories in content/stories/, in order. Reading happens on import, so that an invalid
// story stops the build.
/// <reference types="astro/client" />
import { foundation } from '#content/published.ts'
import { shownScenes, storySchema, type StoryRecord } from '#content/story-schema.ts'
import { storyPage } from './pages.ts'

const files = import.meta.glob<unknown>('../content/stories/*.json', {
  eager: true,
  import: 'default',
})

function readStory([path, record]: [string, unknown]): StoryRecord {
  const read = storySchema.safeParse(record)
  const name = path.split('/').at(-1)
  if (!read.success) throw new Error(`content/stories/${name ?? ''}: ${read.error.message}`)
  if (name !== `${read.data.id}.json`)
    throw new Error(`content/stories/${name ?? ''}: the id is ${read.data.id}`)
  const { scenes } = read.data
  return { ...read.data, scenes: shownScenes(scenes, (by) => foundation[by].value !== null) }
}

export const stories: readonly StoryRecord[] = Object.entries(files)
  .map(readStory)
  .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))

export const storyPages: readonly string[] = stories.map(({ id }) => storyPage(id))

/** Returns the paragraphs of a text; an empty line begins a new paragraph. */
export const paragraphsOf = (text: string): string[] => text.trim().split(/\n\s*\n/)

/** Returns the lines of a text, without empty lines. */
export const stepsOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => line.trim() || [])
