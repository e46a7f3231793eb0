// Declares how a step of making a slot is framed: as a page while joining, as a card later.
import { type ComponentChildren, type VNode } from 'preact'

/** Returns the title and the content of a step in the frame of the screen. */
export type Frame = (title: string, content: ComponentChildren) => VNode
