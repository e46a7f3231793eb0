// A separate script, because only a browser without X-Wing fetches it.
export { KEM_MLKEM768_X25519 } from '@panva/hpke-noble'
