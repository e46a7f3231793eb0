// Tool: searches for the proof of work.
import { searchInSlices } from '../reporting/search-proof.ts'
import { registerTool } from './register.ts'

registerTool(searchInSlices)
