import { type Bytes } from '#protocol/bytes'
import { type Me } from '#protocol/staff'

export interface JoinProps {
  /** 32 bytes, from behind the # of the link */
  secret: Bytes
  /** the account exists; `master` unlocks it */
  onJoined: (me: Me, master: Bytes) => Promise<void>
  onLeave: () => Promise<void>
}
