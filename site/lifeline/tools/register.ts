// Registers a tool with its page. Imports nothing, because each tool contains a copy of this file.

/**
 * Stores a tool on its script element, so that the tool does not need a global name. The script of
 * every tool ends with this call.
 */
export const registerTool = (tool: unknown): void => {
  const script = document.currentScript
  if (script instanceof HTMLScriptElement) script.tool = tool
}
