/** The bundled opener.ts, as text: see site/integrations/letter-opener.ts. */
declare module 'virtual:letter-opener' {
  const script: string
  export default script
}
