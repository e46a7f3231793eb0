// Declares the frame for a step in making a slot: a page while joining, a card later.
import { type ComponentChildren, type VNode } from 'preact'

/** Returns the title and the content of a step in the frame of the screen. */
export type Frame = (title: string, content: ComponentChildren) => VNode
