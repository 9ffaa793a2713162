import { describe, expect, it } from 'vitest'
import { html, safeUrl } from './html.ts'

describe('html', () => {
  it('escapes what is filled in, also in lists', () => {
    const name = `<img src=x onerror="alert('1')">&`
    const text = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;'
    expect(html`<b title="${name}">${[name, 1]}</b>`.text).toBe(`<b title="${text}">${text}1</b>`)
  })

  it('leaves HTML inside HTML as it is', () => {
    expect(html`<p>${html`<b>${'&'}</b>`}${undefined}</p>`.text).toBe('<p><b>&amp;</b></p>')
  })
})

describe('safeUrl', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', '//elsewhere.test', ' http://x', ''])(
    'refuses %j',
    (url) => {
      expect(safeUrl(url)).toBeUndefined()
    },
  )

  it.each(['http://127.0.0.1:4400/d/x', 'https://a.test', '/runbooks/A.md'])('takes %s', (url) => {
    expect(safeUrl(url)).toBe(url)
  })
})
