// Defines the stories that a reader steers: scenes, and choices that lead from scene to scene.
// An invalid story stops the build.
import { z } from 'zod'
import { forEveryLanguage } from './languages.ts'
import { inEveryLanguage } from './schema-fields.ts'

const words = z.string().trim().min(1)
const id = z.string().regex(/^[a-z][a-z-]*$/)
/**
 * Ids that other parts of the page already use. The id of a scene is the fragment of its address.
 */
const TAKEN = ['main', 'related', 'sources']
const FEWEST_SCENES = 6
const MOST_SCENES = 8

export const sceneSchema = z.strictObject({
  id,
  /** The name of a drawing in site/components/pictures/. */
  picture: words,
  title: inEveryLanguage,
  /** An empty line begins a new paragraph. */
  text: inEveryLanguage,
  /** A scene without choices is an ending of the story. */
  choices: z.array(z.strictObject({ to: id, text: inEveryLanguage })).default([]),
  /**
   * The Foundation's value with the name of the person who signs the scene's advice. Without the
   * signature, the story omits the scene and the choices that lead to it.
   */
  signedBy: z.enum(['familyAdvice']).nullable().default(null),
  /** The steps to take now, one per line. Every ending has steps, and no other scene has any. */
  now: inEveryLanguage.nullable().default(null),
})
export type Scene = z.infer<typeof sceneSchema>

/** Returns the scenes that a page shows: signed scenes, and scenes that do not need a signature. */
export function shownScenes(
  scenes: readonly Scene[],
  isSigned: (by: NonNullable<Scene['signedBy']>) => boolean,
): Scene[] {
  const shown = scenes.filter(({ signedBy }) => signedBy === null || isSigned(signedBy))
  const ids = shown.map((scene) => scene.id)
  return shown.map((scene) => ({
    ...scene,
    choices: scene.choices.filter(({ to }) => ids.includes(to)),
  }))
}

/**
 * Returns the ids of the first scene, and of every scene that a reader can reach from there through
 * choices.
 */
function reachedIn(scenes: readonly Scene[]): Set<string> {
  const reached = new Set<string>()
  const waiting = scenes.slice(0, 1)
  for (const scene of waiting) {
    if (reached.has(scene.id)) continue
    reached.add(scene.id)
    waiting.push(...scenes.filter((other) => scene.choices.some(({ to }) => to === other.id)))
  }
  return reached
}

/** Lists the faults in the links between the scenes. */
export function wayFaults(scenes: readonly Scene[]): string[] {
  const ids = scenes.map((scene) => scene.id)
  const reached = reachedIn(scenes)
  return scenes.flatMap((scene) => {
    const fault = (text: string): string => `${scene.id}: ${text}`
    return [
      ...(ids.indexOf(scene.id) === ids.lastIndexOf(scene.id) ? [] : [fault('stands twice')]),
      ...(TAKEN.includes(scene.id) ? [fault('choose another id')] : []),
      ...(reached.has(scene.id) ? [] : [fault('no choice leads here')]),
      ...(scene.choices.length === 1 ? [fault('one choice is no choice')] : []),
      ...(scene.choices.length === 0 && scene.now === null ? [fault('says nothing to do')] : []),
      ...(scene.choices.length > 0 && scene.now !== null ? [fault('is no end')] : []),
      ...scene.choices.flatMap(({ to }) =>
        ids.includes(to) && to !== scene.id ? [] : [fault(`no scene ${to} to go to`)],
      ),
      ...(leadsToEnd(scene, scenes) ? [] : [fault('never comes to an end')]),
    ]
  })
}

const leadsToEnd = (scene: Scene, scenes: readonly Scene[]): boolean => {
  const reached = reachedIn([scene, ...scenes])
  return scenes.some((other) => reached.has(other.id) && other.choices.length === 0)
}

export const storySchema = z.strictObject({
  /** The file has the same name, and the address ends with it. */
  id,
  /** The story's position in the list. */
  order: z.int(),
  title: inEveryLanguage,
  /** The line about the story, for lists and search engines. */
  description: inEveryLanguage,
  /** True once a native speaker has read the story in this language. */
  reviewed: z.strictObject(forEveryLanguage(() => z.boolean().default(false))),
  /** The numbers page that an end leads to: `help` for a story inside the country. */
  numbers: z.enum(['country', 'help']),
  /** Ids of content/facts.json: every fact that the story states in its own words. */
  facts: z.array(words).default([]),
  /** Pages that the end of the story links to. */
  related: z.array(words).max(3).default([]),
  scenes: z
    .array(sceneSchema)
    .min(FEWEST_SCENES)
    .max(MOST_SCENES)
    .superRefine((scenes, context) => {
      const unsigned = shownScenes(scenes, () => false)
      for (const message of new Set([...wayFaults(scenes), ...wayFaults(unsigned)]))
        context.addIssue({ code: 'custom', message })
    }),
})
export type StoryRecord = z.infer<typeof storySchema>
