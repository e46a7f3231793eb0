// Code that few people need is fetched when it is chosen, and runs as an inline script: the page's policy lets it run only if its
// hash is the one that was built with the page. A page saved as a file carries its tools in itself.
import type { Bytes } from '#protocol/bytes'
import type { SealedFile } from '#protocol/report'
import { Refusal } from '#protocol/errors'
import { call } from './call.ts'
import { showProblem } from './problem.ts'
import type { ToolElement } from './tools/leave.ts'
import { on } from './view.ts'
import { text } from './writing.ts'

/** What the page and its tools share. The names stand in both bundles and are never shortened. */
export interface Desk {
  /** seals what is written now; the same words give the same bytes */
  seal: () => Promise<Bytes>
  /** files that go with the report; its tool gives a new array with every change, so that a sealed one stays as it is */
  files: SealedFile[]
  /** the return number of what is written; nobody has seen it until it has arrived or a tool shows it. Unused if none is wanted */
  receipt: string
  /** settles when all that was pressed and chosen is there, or has failed: "Send" waits for it */
  ready?: Promise<unknown>
  /** set by the tool for files: sends those that the report lists, when it has arrived */
  upload?: (envelope: Bytes, files: SealedFile[]) => Promise<void>
}

/**
 * What a button starts, or a choice of files: those of that moment, as others may be chosen while the tool is on its way.
 * `late`: chosen while the report was being sent, so that they cannot go along with it.
 */
export type Tool = (desk: Desk, button: HTMLElement, files: File[], late: boolean) => unknown

/** Absent before Chrome 83, in Firefox until lately and in Safari. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScript(code: string): string }): typeof rules
}

const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
const policy = trustedTypes
  ? trustedTypes.createPolicy('tool', { createScript: (code) => code })
  : { createScript: (code: string) => code }

async function codeOf(name: string): Promise<string> {
  const own = document.getElementById('tool-' + name)
  if (own) return own.textContent
  const { status, bytes } = await call(
    '/tools/' + document.documentElement.lang + '/' + name + '.js',
  )
  if (status !== 200) throw new Refusal('network')
  return new TextDecoder().decode(bytes)
}

const loaded: Record<string, Promise<unknown>> = {}

/** The tool of this name, fetched once. Throws Refusal `network`, also when what came is not what was built with the page. */
export async function useTool<T>(name: string): Promise<T> {
  const load = async (): Promise<unknown> => {
    const script = document.createElement('script') as ToolElement
    script.text = policy.createScript(await codeOf(name))
    document.body.appendChild(script)
    // The policy keeps out what was not built with this page, and says nothing.
    if (!script.tool) throw new Refusal('network')
    return script.tool
  }
  try {
    return (await (loaded[name] = loaded[name] || load())) as T
  } catch (failure) {
    delete loaded[name]
    throw failure
  }
}

/** Serves the buttons, and the field for files, that have a `data-tool`. */
export function watchTools(desk: Desk): void {
  for (const button of document.querySelectorAll<HTMLElement>('[data-tool]')) {
    const use = async (files: File[], late: boolean): Promise<void> => {
      try {
        await (
          await useTool<Tool>(button.dataset['tool'] as string)
        )(desk, button, files, late)
      } catch (failure) {
        // A chosen file must not look as if it went along.
        ;(button as HTMLInputElement).value = ''
        // To try again is to press it again: "Try again" would send the report.
        showProblem(failure)
        // "Send" that waits for it stops here: without what was chosen nothing goes.
        if (text.readOnly && !late) throw failure
      }
    }
    on(button.matches('input') ? 'change' : 'click', button, () => {
      const used = use(Array.from((button as HTMLInputElement).files || []), text.readOnly)
      if (!text.readOnly) desk.ready = Promise.all([desk.ready, used])
    })
  }
}
