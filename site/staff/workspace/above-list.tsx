// Shows, above the list, who is on duty and which shifts were handed over. The first lines of the
// list are fetched before this code.
import { type ComponentProps } from 'preact'
import { DutyLine } from '../alerts/duty-line.tsx'
import { HandoverLines } from '../case/screen/shift/handover-line.tsx'

type AboveListProps = ComponentProps<typeof DutyLine> & ComponentProps<typeof HandoverLines>

export const AboveList = ({ roster, onRota, onOpen }: AboveListProps) => (
  <>
    <DutyLine roster={roster} onRota={onRota} />
    <HandoverLines onOpen={onOpen} />
  </>
)
