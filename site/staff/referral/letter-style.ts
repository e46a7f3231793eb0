/**
 * The style sheet for the page that leaves and for the paper letter. Refers to no font file or URL.
 */
export const LETTER_STYLE = `
:root{color-scheme:light dark}
body{margin:0 auto;padding:1rem;max-width:42rem;overflow-wrap:anywhere}
body{font:1.125rem/1.5 system-ui,sans-serif}
article *{unicode-bidi:plaintext}
h1{font-size:1.5rem;line-height:1.25}
h2{font-size:1.125rem;margin:1.5rem 0 .25rem}
dl,ul{margin:0 0 1rem}
dl div{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.25rem 0;border-bottom:1px solid}
dt{flex:0 1 10rem;min-width:0;font-weight:700}
dd{flex:1 1 14rem;min-width:0;margin:0}
.mark{padding:.5rem;border:2px solid;font-weight:700}
.words{white-space:pre-wrap}
.sign{margin:2.5rem 0 0;padding-top:.25rem;border-top:1px solid}
button,input{font:inherit;min-height:3rem;padding:0 1rem;max-width:100%;box-sizing:border-box}
input{display:block;width:100%;margin:.25rem 0 .75rem}
#languages{display:flex;flex-wrap:wrap;gap:.5rem}
[aria-pressed=true]{font-weight:700;border-width:3px}
#status{min-height:1.5em;font-weight:700}
[hidden]{display:none!important}
@media print{body{max-width:none;padding:0;font-size:12pt}}
@media print{#languages,#status,button{display:none!important}}
`.trim()
