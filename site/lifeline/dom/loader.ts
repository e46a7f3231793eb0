// Fetches a tool when the page needs that tool, and runs the tool as an inline script. The page's
// policy allows the script only if its hash matches the hash that was built into the page. A saved
// page contains the tools that work without a network.
import type { Bytes } from '#protocol/bytes'
import type { PlainReport, SealedFile } from '#protocol/report/plain-report'
import { Refusal } from '#protocol/errors'
import { call } from '../network/api.ts'
import { showProblem } from './errors.ts'
import { on } from './page.ts'
import { policy } from './scripted.ts'
import { isSending } from './page-state.ts'

declare global {
  interface HTMLScriptElement {
    /** the tool, which the script sets on its own element: see register.ts */
    tool?: unknown
  }
}

/** Shows the sentences in `words` instead of the page's own; `lang` is the language of `words`. */
export type Speak = (lang: string, words: Readonly<Record<string, string>>) => void

/** The state and functions that the page and its tools share. No build may shorten these names. */
export interface ToolContext {
  /** seals the current words; the same words produce the same bytes */
  seal: () => Promise<Bytes>
  /**
   * Files that the report will list. Every change replaces the array, so that a sealed list never
   * changes.
   */
  files: SealedFile[]
  /**
   * The receipt for the current words. The receipt remains hidden until the report arrives or a
   * tool shows it. The receipt is unused when the person wants no number.
   */
  receipt: string
  /** adds the questions that follow the words */
  more: () => Promise<void>
  /** replaces this page with the page at an address */
  leave: (address: string) => void
  /** returns the answers to the questions that a tool added; the tool sets this function */
  answers: () => Partial<PlainReport>
  /**
   * settles when all started tools and chosen files are ready or have failed; "Send" waits for this
   * promise
   */
  ready?: Promise<unknown>
  /**
   * uses the tool that an element requests, and shows an error if the tool fails; `watchTools` sets
   * this function
   *
   * @param late  the report does not wait for the tool, and is sent even if the tool fails
   */
  use?: (element: HTMLElement, files: File[], late: boolean) => Promise<void>
  /** shows the page in another language; the first language tool that runs sets this function */
  speak?: Speak
  /** the language that the person chose last; language tools may arrive in a different order */
  wanted?: string
  /** true while the `plea` tool shows its questions instead of the field for words */
  isWordless?: boolean
  /** true while files are being sent, because leaving the page would stop the transfer */
  isUploading?: boolean
  /** sends the files of a report that has arrived; the `attach` tool sets this function */
  upload?: (envelope: Bytes, files: SealedFile[]) => Promise<void>
}

/**
 * The function of a tool. The page calls this function after the tool's button is pressed or files
 * are chosen. `files` are the files at that moment, because the choice may change while the tool
 * loads. `late` is true when the files were chosen during sending, too late for the report.
 */
export type Tool = (
  context: ToolContext,
  button: HTMLElement,
  files: File[],
  late: boolean,
) => unknown

/**
 * The build sets this value for a saved page, which contains the tools that work without a network.
 */
declare const IS_SAVED: boolean

async function codeOf(name: string): Promise<string> {
  const own = IS_SAVED && document.getElementById('tool-' + name)
  if (own) return own.textContent
  const path = '/tools/' + document.documentElement.lang + '/' + name + '.js'
  const { status, bytes } = await call(path).catch(() => call(path))
  if (status !== 200) throw new Refusal('network')
  return new TextDecoder().decode(bytes)
}

const loaded: Record<string, Promise<unknown>> = {}

/**
 * Returns the tool of this name, and fetches the tool only once.
 *
 * @throws Refusal `network` when the tool does not arrive, or is from a different build than the
 *   page
 */
export async function useTool<T>(name: string): Promise<T> {
  const load = async (): Promise<unknown> => {
    const script = document.createElement('script')
    script.text = policy.createScript(await codeOf(name))
    document.body.appendChild(script)
    // The policy silently blocks a script from another build.
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

/** Handles buttons and file fields with a `data-tool`. */
export function watchTools(context: ToolContext): void {
  const use = (context.use = async (element, files, late) => {
    const button = element as HTMLInputElement
    try {
      await (
        await useTool<Tool>(button.dataset['tool'] as string)
      )(context, button, files, late)
    } catch (failure) {
      // Empties the field, because the report will not list the chosen file.
      button.value = ''
      // Does not show "Try again", because a retry would send the report. The person can press the
      // button again.
      showProblem(failure)
      // Stops a waiting "Send", so that no report is sent without the chosen files.
      if (isSending() && !late) throw failure
    }
  })
  document.querySelectorAll<HTMLInputElement>('[data-tool]').forEach((button) => {
    on(button.matches('input') ? 'change' : 'click', button, () => {
      const used = use(button, Array.from(button.files || []), isSending())
      if (!isSending()) context.ready = Promise.all([context.ready, used])
    })
  })
}
