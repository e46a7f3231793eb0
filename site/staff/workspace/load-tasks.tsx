// Fetches the code that shows the tasks, so that the first screen stays small.
import type { TasksViewProps } from '../tasks/tasks-view.tsx'
import { WhenLoaded } from '../ui/when-loaded.tsx'

const fetchTasks = async () => (await import('../tasks/tasks-view.tsx')).TasksView

export const LoadTasks = (props: TasksViewProps) => (
  <WhenLoaded fetchPart={fetchTasks}>{(Tasks) => <Tasks {...props} />}</WhenLoaded>
)
