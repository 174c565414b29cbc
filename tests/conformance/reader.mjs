// reader.mjs CHECKERS CHROMIUM BOOK.epub [SHOTS]: opens the e-book in real reading
// systems and prints what is wrong; ends with 1 when anything is.
//
// In foliate-js: every target of the table of contents, the page list and the
// landmarks, and every link within the text, leads to an element that is there;
// every page of the book shows, light and dark, without a word on the console.
// In epub.js: it opens, its navigation is read, the first page shows. In the
// browser itself: every selector of the style sheet has something to style,
// every class a rule; no style attributes, no unknown language; nothing is wider
// than the screen of a small telephone.
// With SHOTS, a folder, pictures are left there for people to look at.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const [checkers, chromium, bookPath, shots] = process.argv.slice(2)
const modules = path.join(path.resolve(checkers), 'node_modules')
const { chromium: browserType } = createRequire(path.join(modules, 'x.js'))('playwright-core')
const types = { '.js': 'text/javascript', '.html': 'text/html', '.css': 'text/css' }
const problems = []
const wrong = text => { if (problems.push(text) <= 40) console.log(text) }

const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname)
    try {
        const file = name === '/book.epub' ? bookPath
            : ['/', '/favicon.ico'].includes(name) ? null : path.join(modules, path.normalize(name))
        response.setHeader('Content-Type', types[path.extname(name)] ?? 'text/html')
        response.end(file === null ? '<!DOCTYPE html><title>test</title><body></body>' : readFileSync(file))
    } catch {
        response.statusCode = 404
        response.end()
    }
})
await new Promise(done => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${server.address().port}`
const browser = await browserType.launch({ executablePath: chromium, args: ['--no-sandbox'] })

const openPage = async (what, options) => {
    const page = await browser.newPage(options)
    page.on('console', message => {
        // foliate-js itself opens sections in a frame that Chromium warns of.
        if (['error', 'warning'].includes(message.type()) && !message.text().includes('sandbox attribute'))
            wrong(`${what}: console: ${message.text()}`)
    })
    page.on('pageerror', error => wrong(`${what}: ${error.message}`))
    page.on('requestfailed', request => {
        if (!request.url().startsWith('blob:')) wrong(`${what}: not loaded: ${request.url()}`)
    })
    page.on('request', request => {
        if (/^https?:/.test(request.url()) && !request.url().startsWith(origin))
            wrong(`${what}: reaches out to ${request.url()}`)
    })
    await page.goto(origin)
    return page
}

// ---- foliate-js: targets ----------------------------------------------------

const targets = async page => page.evaluate(async () => {
    const { makeBook } = await import('/foliate-js/view.js')
    const book = await makeBook('/book.epub')
    const found = [], documents = new Map(), counts = {}
    const load = index => documents.get(index)
        ?? documents.set(index, book.sections[index].createDocument()).get(index)
    const flatten = items => (items ?? []).flatMap(item => [item, ...flatten(item.subitems)])
    const check = async (kind, href, label) => {
        counts[kind] = (counts[kind] ?? 0) + 1
        const place = book.resolveHref(href)
        if (!place || !book.sections[place.index]) return found.push(`${kind}: ${label}: ${href} is nowhere`)
        const document = await load(place.index), anchor = place.anchor(document)
        if (href.includes('#') && !anchor?.nodeType) found.push(`${kind}: ${label}: no ${href}`)
        if (kind === 'page list' && anchor?.getAttribute?.('role') !== 'doc-pagebreak')
            found.push(`page list: ${label}: ${href} is no page break`)
        if (kind === 'contents' && !/\S/.test(label)) found.push(`contents: ${href} has no name`)
    }
    for (const item of flatten(book.toc)) await check('contents', item.href, item.label)
    for (const item of flatten(book.pageList)) await check('page list', item.href, item.label)
    for (const item of flatten(book.landmarks)) await check('landmarks', item.href, item.label)
    let breaks = 0
    for (const [index, section] of book.sections.entries()) {
        const document = await load(index)
        breaks += document.querySelectorAll('[role=doc-pagebreak]').length
        for (const link of document.querySelectorAll('a[href]')) {
            const href = link.getAttribute('href')
            if (!/^(https?|mailto|tel):/.test(href)) await check('link', section.resolveHref(href), section.id)
        }
        for (const image of document.querySelectorAll('img'))
            if (!image.hasAttribute('alt')) found.push(`${section.id}: a picture without alt`)
    }
    if (breaks !== flatten(book.pageList).length)
        found.push(`${breaks} page breaks, ${flatten(book.pageList).length} in the page list`)
    for (const kind of ['contents', 'page list', 'landmarks'])
        if (!counts[kind]) found.push(`no ${kind}`)
    return { found, counts }
})

// ---- foliate-js: showing ----------------------------------------------------

// As foliate's own reader does, the page takes the window's colours; text that
// does not follow them would be lost at night.
const show = async page => page.evaluate(async () => {
    await import('/foliate-js/view.js')
    const view = document.createElement('foliate-view')
    view.style.cssText = 'display: block; position: fixed; inset: 0'
    document.body.append(view)
    await view.open('/book.epub')
    view.renderer.setStyles('html { color-scheme: light dark } @media (prefers-color-scheme: dark) { a:link { color: lightblue } }')
    globalThis.view = view
    const found = [], canvas = matchMedia('(prefers-color-scheme: dark)').matches
        ? ['rgb(255, 255, 255)', 'rgb(173, 216, 230)'] : ['rgb(0, 0, 0)']
    for (const [index, section] of view.book.sections.entries()) {
        await view.goTo(index)
        const document = view.renderer.getContents()[0].doc
        for (const element of document.body.querySelectorAll('*')) {
            const { color, backgroundColor } = document.defaultView.getComputedStyle(element)
            if (!canvas.includes(color) || backgroundColor !== 'rgba(0, 0, 0, 0)')
                found.push(`${section.id}: ${element.localName} in ${color} on ${backgroundColor}`)
        }
    }
    return { found, sections: view.book.sections.length }
})

const wanted = [['portrait', /role="doc-chapter"/], ['contact', /<dl/], ['reading-list', /doc-bibliography/],
    ['contents', /doc-toc/], ['title-page', /"titlepage/], ['index', /doc-index/], ['directory', /directory-entry/],
    ['colophon', /doc-colophon/], ['imprint', /copyright-page/], ['cover', /doc-cover/], ['notes', /doc-endnotes/]]

const shoot = async (page, name) => {
    for (const [kind, mark] of wanted) {
        const found = await page.evaluate(async mark => {
            const sections = globalThis.view.book.sections
            for (const [index, section] of sections.entries()) {
                const text = new XMLSerializer().serializeToString(await section.createDocument())
                if (new RegExp(mark).test(text)) {
                    await globalThis.view.goTo(index)
                    return true
                }
            }
            return false
        }, mark.source)
        await page.waitForTimeout(300)
        if (found) await page.screenshot({ path: path.join(shots, `${kind}-${name}.png`) })
    }
}

const windows = [
    ['light-wide', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
    ['dark-phone', { viewport: { width: 390, height: 780 }, colorScheme: 'dark', deviceScaleFactor: 2 }],
]

// ---- the style sheet --------------------------------------------------------

const styles = async page => page.evaluate(async () => {
    const { makeBook } = await import('/foliate-js/view.js')
    const book = await makeBook('/book.epub')
    const documents = await Promise.all(book.sections.map(section => section.createDocument()))
    const text = await book.loadText('EPUB/epub.css'), found = []
    documents.push(new DOMParser().parseFromString(await book.loadText('EPUB/nav.xhtml'), 'application/xhtml+xml'))
    const sheet = new CSSStyleSheet(), classes = new Set()
    sheet.replaceSync(text)
    const look = rules => {
        for (const rule of rules) {
            if (rule instanceof CSSStyleRule) {
                for (const [, name] of rule.selectorText.matchAll(/\.([\w-]+)/g)) classes.add(name)
                for (const selector of rule.selectorText.split(',').map(one => one.replace(/::?(before|after|first-l\w+)/g, '')))
                    if (!documents.some(document => document.querySelector(selector)))
                        found.push(`epub.css: nothing answers to ${selector}`)
                for (const property of ['color', 'background-color'])
                    if (!['', 'inherit', 'currentcolor', 'transparent'].includes(rule.style.getPropertyValue(property)))
                        found.push(`epub.css: ${rule.selectorText} fixes ${property}`)
                if (/\d(px|pt|mm|cm|in)/.test(rule.style.fontSize)) found.push(`epub.css: ${rule.selectorText} fixes a size`)
            } else if (rule.cssRules) look(rule.cssRules)
        }
    }
    look(sheet.cssRules)
    for (const document of documents) {
        const title = document.querySelector('title').textContent
        for (const element of document.querySelectorAll('[class]'))
            for (const name of element.classList)
                if (!classes.has(name)) found.push(`${title}: class ${name} has no rule`)
        if (document.querySelector('[style], font, center')) found.push(`${title}: a style of its own`)
        for (const element of document.querySelectorAll('p, li, h1, h2, h3, h4, h5, h6, section, ul, ol, dl, dt, dd, em, strong, a, figcaption'))
            if (!/\S/.test(element.textContent) && !element.querySelector('img')) found.push(`${title}: an empty ${element.localName}`)
        for (const element of document.querySelectorAll('[lang]')) {
            if (element.getAttribute('lang') !== element.getAttribute('xml:lang')) found.push(`${title}: lang and xml:lang differ`)
            Intl.getCanonicalLocales(element.getAttribute('lang'))
        }
        const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(heading => Number(heading.localName[1]))
        levels.reduce((before, level) => {
            if (level > before + 1) found.push(`${title}: h${level} after h${before}`)
            return level
        }, 0)
    }
    return [...new Set(found)]
})

// ---- a narrow screen --------------------------------------------------------

const narrow = async page => page.evaluate(async () => {
    const { makeBook } = await import('/foliate-js/view.js')
    const book = await makeBook('/book.epub'), found = []
    const frame = document.createElement('iframe')
    frame.style.cssText = 'width: 320px; height: 480px; border: 0'
    document.body.append(frame)
    for (const section of book.sections) {
        const url = await section.load()
        await new Promise(done => { frame.onload = done; frame.src = url })
        const root = frame.contentDocument.documentElement
        for (const element of root.querySelectorAll('body *'))
            if (element.getBoundingClientRect().right > root.clientWidth + 1)
                found.push(`${section.id}: ${element.localName} “${element.textContent.slice(0, 30)}” is wider than the screen`)
    }
    return found
})

// ---- epub.js ----------------------------------------------------------------

const oldReader = async page => {
    await page.addScriptTag({ url: `${origin}/jszip/dist/jszip.min.js` })
    await page.addScriptTag({ url: `${origin}/epubjs/dist/epub.min.js` })
    return page.evaluate(async () => {
        const found = [], book = globalThis.ePub('/book.epub', { openAs: 'epub' })
        await book.ready
        const place = document.createElement('div')
        document.body.append(place)
        const rendition = book.renderTo(place, { width: 600, height: 700 })
        await rendition.display()
        if (book.navigation.toc.length === 0) found.push('epub.js: no contents')
        if (book.pageList.pages.length + book.pageList.pageList.length === 0) found.push('epub.js: no page list')
        for (const item of book.navigation.toc)
            if (!book.spine.get(item.href)) found.push(`epub.js: no ${item.href}`)
        await rendition.display(book.navigation.toc.at(-1).href)
        if (!rendition.getContents().some(contents => /\S/.test(contents.document.body.textContent)))
            found.push('epub.js: shows nothing')
        return found
    })
}

try {
    const page = await openPage('foliate-js')
    const result = await targets(page)
    result.found.forEach(wrong)
    console.log(`targets: ${JSON.stringify(result.counts)}`);
    (await styles(page)).forEach(wrong);
    (await narrow(page)).forEach(wrong)
    await page.close()
    if (shots) mkdirSync(shots, { recursive: true })
    for (const [name, options] of windows) {
        const shown = await openPage(`foliate-js ${name}`, options)
        const result = await show(shown)
        result.found.forEach(wrong)
        console.log(`${name}: ${result.sections} sections shown`)
        if (shots) await shoot(shown, name)
        await shown.close()
    }
    const old = await openPage('epub.js');
    (await oldReader(old)).forEach(wrong)
} catch (error) {
    wrong(error.stack)
}
await browser.close()
server.close()
process.exit(problems.length > 0 ? 1 : 0)
