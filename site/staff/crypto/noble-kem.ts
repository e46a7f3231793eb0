// A script of its own, so that a browser without X-Wing fetches it only for a report of suite 2.
export { KEM_MLKEM768_X25519 } from '@panva/hpke-noble'
