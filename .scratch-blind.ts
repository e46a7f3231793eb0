import { readFileSync } from 'node:fs'
import { findSigns } from '#site/enhance/offer-check/find-signs.ts'
import { wordListOf } from '#content/offer-words.ts'
import { offerCheckSchema } from '#content/offer-check.ts'
const list = wordListOf(offerCheckSchema.parse(JSON.parse(readFileSync('content/offer-check.json','utf8'))))
const q = new Set(['pay','free','hurry','contract','debt','visa','messenger','photos','place','romance','passport','route'])
for (const file of process.argv.slice(2)) {
const ads = JSON.parse(readFileSync(file,'utf8'))
const tot:any={}; const per:any={}
for (const a of ads) { const found=[...new Set((findSigns as any)(a.text,list as any).map((m:any)=>m.sign??m.id??m.flag??m.name))].filter((s:any)=>q.has(s)) as string[]
 const t=tot[a.lang]??={m:0,f:0,x:0,harmless:0}; t.m+=a.signs.length; t.f+=a.signs.filter((s:string)=>found.includes(s)).length
 const fs=found.filter(s=>!a.signs.includes(s)); t.x+=fs.length; if(!a.signs.length) t.harmless+=fs.length
 const miss=a.signs.filter((s:string)=>!found.includes(s)); for(const s of a.signs){per[s]??=[0,0];per[s][1]++; if(found.includes(s)) per[s][0]++}
 if (process.env.SHOW && (miss.length||fs.length)) console.log(a.lang,'missed',miss.join(','),'false',fs.join(','),a.signs.length?'':'HARMLESS', process.env.SHOW==='2'?a.text:'') }
console.log(file,tot,per)
}
