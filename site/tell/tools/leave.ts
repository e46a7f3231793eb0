// How a tool hands itself over. Imports nothing, as each tool carries a copy.

/** A tool's script leaves the tool on its own element: no name of the page is taken. */
export interface ToolElement extends HTMLScriptElement {
  tool: unknown
}

/** The last line of a tool. */
export const leaveTool = (tool: unknown): void => {
  ;(document.currentScript as ToolElement).tool = tool
}
