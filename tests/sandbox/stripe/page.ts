/** Every page says first what it is not. */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – stand-in for Stripe</title>
<style>${style}</style>
</head><body>
<main>
<p class="notice"><strong>This is not Stripe.</strong> It is a stand-in for trying things out: no money moves, and no card is asked for.</p>
<h1>${escaped(title)}</h1>
${content}
</main></body></html>
`
}

const style = `
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,sans-serif;color:#1b1b1f;background:#fff;max-width:34rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.2}
.notice{background:#fff4ce;border:1px solid #8a6d00;padding:.75rem 1rem;margin:0}
[role=alert]{background:#fde7e9;border:1px solid #a4262c;padding:.75rem 1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}
dt{color:#55555c}dd{margin:0}
label{display:block}
input,button{font:inherit;display:block;width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid #55555c;border-radius:.25rem}
button{background:#fff;color:inherit;text-align:left;cursor:pointer}
button.main{background:#1d3f8f;border-color:#1d3f8f;color:#fff;text-align:center;font-weight:600}
fieldset{border:1px solid #b8b8c0;margin:1.5rem 0;padding:0 1rem;min-width:0}legend{padding:0 .25rem}
p{margin:.75rem 0}`

/** `kind` main: what most people came to do. */
export function button(does: string, label: string, kind?: 'main'): string {
  return `<p><button name="do" value="${does}"${kind ? ` class="${kind}"` : ''}>${escaped(label)}</button></p>`
}

export function group(legend: string, buttons: string[]): string {
  return `<fieldset><legend>${escaped(legend)}</legend>${buttons.join('\n')}</fieldset>`
}

export function facts(all: [name: string, value: string][]): string {
  return `<dl>${all.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('\n')}</dl>`
}

export function escaped(words: string): string {
  return words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
