// What cannot be shown must not take the desk with it: in its place stands a sentence and a way back.
import { Component, type ComponentChildren } from 'preact'

interface BoundaryProps {
  /** what stands there when a child threw */
  instead: ComponentChildren
  children: ComponentChildren
}

export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false }

  override componentDidCatch(): void {
    this.setState({ failed: true })
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
