// Tool: the search for the proof of work.
import { findInSlices } from '../find-in-slices.ts'
import { leaveTool } from './leave.ts'

leaveTool(findInSlices)
