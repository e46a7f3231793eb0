// A separate script, so that the WebAssembly of Argon2 is fetched only when a person enters a
// passphrase.
export { argon2id } from 'hash-wasm'
