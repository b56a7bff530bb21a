import { around, at, circle, type Inks, line, path, ray, ring } from './draw.ts';

/** What can be drawn: shapes inside of a circle of radius 1 around 0,0, with y downwards. */
export interface Motif {
  name: string;
  /** Words of a brief that call for it, as beginnings of words. */
  words: readonly string[];
  /** A frame surrounds another motif; a scene stands inside one, or alone. */
  kind: 'frame' | 'scene';
  draw: (inks: Inks) => string[];
}

type Draw = Motif['draw'];
const frame = (name: string, words: string, draw: Draw): Motif => ({
  name,
  words: words.split(' '),
  kind: 'frame',
  draw,
});
const scene = (name: string, words: string, draw: Draw): Motif => ({
  name,
  words: words.split(' '),
  kind: 'scene',
  draw,
});

export const MOTIFS: readonly Motif[] = [
  frame('wheel', 'wheel bicycl bike cycl spoke tyre wagon cart', ({ main, second }) => [
    ring(0.92, 0.13, main),
    ...around(10, (angle) => ray(angle, 0.2, 0.84, main, 0.045)),
    circle(0, 0, 0.15, second),
  ]),
  frame('sun', 'sun summer solar light dawn morning bright day', ({ main, second }) => [
    circle(0, 0, 0.55, second),
    ...around(12, (angle) => ray(angle, 0.7, 0.93, main, 0.09)),
  ]),
  scene('moon', 'moon night sleep dream evening', ({ main, second }) => [
    path('M.25 -.85A.88 .88 0 1 0 .85 .4A.7 .7 0 0 1 .25 -.85Z', main),
    circle(0.5, -0.45, 0.12, second),
  ]),
  frame('shield', 'shield secur safe guard protect trust insur', ({ main, second }) => [
    path('M0 -.95L.8 -.7V0C.8 .5 .4 .8 0 .98C-.4 .8 -.8 .5 -.8 0V-.7Z', main),
    path('M0 -.75L.62 -.55V0C.62 .38 .3 .62 0 .76Z', second),
  ]),
  scene(
    'hills',
    'hill mountain alp peak horizon valley landscape outdoor hik summit stone rock',
    ({ main, second }) => [
      path('M-.834 .1C-.58 -.42 -.22 -.42 .1 .1C.3 -.25 .56 -.25 .834 .1A.84 .84 0 0 1 -.834 .1Z', second),
      path('M-.77 .34C-.4 -.08 0 .06 .25 .42C.44 .2 .6 .2 .77 .34A.84 .84 0 0 1 -.77 .34Z', main),
    ],
  ),
  scene('waves', 'wave sea ocean water river lake swim harbour harbor coast wind air', ({ main, second }) =>
    [0, 0.3, 0.6].map((y, i) =>
      line(
        `M${-0.75 + i * 0.12} ${y}q${0.19 - i * 0.03} -.26 ${0.375 - i * 0.06} 0t${0.375 - i * 0.06} 0t${0.375 - i * 0.06} 0t${0.375 - i * 0.06} 0`,
        i === 1 ? second : main,
        0.12,
      ),
    ),
  ),
  scene(
    'bird',
    'bird kestrel falcon eagle hawk gull swallow owl robin fly flight wing feather hover',
    ({ main, second }) => [
      path(
        'M-.9 -.15C-.6 -.62 -.2 -.5 0 .02C.2 -.5 .6 -.62 .9 -.15C.55 -.36 .22 -.18 0 .38C-.22 -.18 -.55 -.36 -.9 -.15Z',
        main,
      ),
      path('M-.14 .34L0 .8L.14 .34L0 .48Z', second),
    ],
  ),
  scene('tree', 'tree forest wood pine fir nature timber carpent', ({ main, second }) => [
    path('M-.09 .4H.09V.85H-.09Z', second),
    path('M0 -.85L.4 -.25H-.4Z', main),
    path('M0 -.5L.52 .12H-.52Z', main),
    path('M0 -.12L.64 .52H-.64Z', main),
  ]),
  scene('leaf', 'leaf leav plant garden green herb tea eco organic botan grow vegan', ({ main, second }) => [
    path('M-.62 .62C-.75 -.3 -.05 -.78 .72 -.72C.8 .05 .3 .72 -.62 .62Z', main),
    line('M-.75 .78C-.4 .2 0 -.15 .4 -.42', second, 0.08),
  ]),
  scene('flower', 'flower floris bloom rose blossom petal spring', ({ main, second }) => [
    ...around(6, (angle) => circle(Math.cos(angle) * 0.48, Math.sin(angle) * 0.48, 0.32, main)),
    circle(0, 0, 0.28, second),
  ]),
  scene('star', 'star astro space magic award', ({ main, second }) => [
    path(
      `M${Array.from({ length: 10 }, (_, i) => at(((i * 36 - 90) * Math.PI) / 180, i % 2 === 0 ? 0.92 : 0.4)).join('L')}Z`,
      main,
    ),
    circle(0, 0, 0.16, second),
  ]),
  scene('flame', 'flame fire heat hot grill candle forge smith bake oven', ({ main, second }) => [
    path(
      'M.05 -.92C.5 -.4 .68 -.02 .54 .42A.56 .56 0 0 1 -.54 .42C-.64 .08 -.4 -.12 -.3 -.34C-.2 -.18 -.08 -.16 0 -.26C.1 -.46 .1 -.66 .05 -.92Z',
      main,
    ),
    path('M.02 .1C.22 .3 .3 .42 .24 .58A.26 .26 0 0 1 -.24 .58C-.28 .4 -.1 .3 .02 .1Z', second),
  ]),
  scene('drop', 'drop rain oil juice ink wash clean', ({ main, second }) => [
    path('M0 -.92C.42 -.36 .64 0 .64 .3A.64 .64 0 0 1 -.64 .3C-.64 0 -.42 -.36 0 -.92Z', main),
    line('M-.34 .32A.36 .36 0 0 0 -.02 .64', second, 0.09),
  ]),
  scene('house', 'house home roof build estate inn hotel cottage barn archit', ({ main, second }) => [
    path('M0 -.8L.9 -.05H.66V.75H-.66V-.05H-.9Z', main),
    path('M-.18 .75V.2A.18 .18 0 0 1 .18 .2V.75Z', second),
  ]),
  scene('book', 'book read librar story school learn teach publish write press', ({ main, second }) => [
    path('M0 -.45C-.25 -.65 -.6 -.65 -.88 -.55V.55C-.6 .45 -.25 .45 0 .65Z', main),
    path('M0 -.45C.25 -.65 .6 -.65 .88 -.55V.55C.6 .45 .25 .45 0 .65Z', second),
  ]),
  scene('cup', 'cup coffee cafe café espresso roast drink mug kitchen', ({ main, second }) => [
    path('M-.7 -.2H.45V.3A.42 .42 0 0 1 .03 .72H-.28A.42 .42 0 0 1 -.7 .3Z', main),
    line('M.48 -.05H.6A.22 .22 0 0 1 .6 .39H.46', main, 0.11),
    line('M-.36 -.42C-.5 -.58 -.22 -.68 -.36 -.86', second, 0.08),
    line('M.08 -.42C-.06 -.58 .22 -.68 .08 -.86', second, 0.08),
  ]),
  scene('bridge', 'bridge cross connect link span', ({ main, second }) => [
    path('M-.92 .3H.92V.44H-.92Z', main),
    path('M-.5 -.6H-.38V.7H-.5Z', main),
    path('M.38 -.6H.5V.7H.38Z', main),
    line('M-.9 .2Q-.6 -.1 -.44 -.52Q0 .4 .44 -.52Q.6 -.1 .9 .2', second, 0.07),
  ]),
  scene('ship', 'ship boat sail yacht marine regatta row ferry', ({ main, second }) => [
    path('M-.8 .4H.8C.66 .68 .45 .78 .2 .78H-.3C-.55 .78 -.7 .66 -.8 .4Z', main),
    path('M-.04 -.85V.26H-.62Z', second),
    path('M.08 -.62V.26H.56Z', main),
  ]),
  scene('fish', 'fish trout salmon angl aqua', ({ main, second }) => [
    path('M-.85 0C-.5 -.55 .15 -.5 .5 0C.15 .5 -.5 .55 -.85 0Z', main),
    path('M.42 0L.92 -.38V.38Z', main),
    circle(-0.48, -0.1, 0.08, second),
  ]),
  scene('heart', 'heart love care health wellness nurs charity', ({ main, second }) => [
    path('M0 .8C-.5 .4 -.88 .1 -.88 -.3A.44 .44 0 0 1 0 -.42A.44 .44 0 0 1 .88 -.3C.88 .1 .5 .4 0 .8Z', main),
    line('M-.6 -.28A.22 .22 0 0 1 -.38 -.5', second, 0.09),
  ]),
  scene('bolt', 'bolt electri energy power fast speed quick spark charge', ({ main, second }) => [
    path('M.2 -.92L-.55 .12H-.06L-.2 .92L.55 -.18H.06Z', main),
    circle(0.62, 0.62, 0.12, second),
  ]),
  frame('gear', 'gear machine engine mechanic factory industr workshop repair tool', ({ main, second }) => [
    ring(0.68, 0.18, main),
    ...around(8, (angle) => ray(angle, 0.78, 0.9, main, 0.2)),
    circle(0, 0, 0.2, second),
  ]),
  scene('note', 'music song sound choir band concert radio audio', ({ main, second }) => [
    circle(-0.4, 0.56, 0.26, main),
    circle(0.46, 0.4, 0.26, main),
    line('M-.17 .56V-.58L.69 -.74V.4', main, 0.1),
    line('M-.17 -.3L.69 -.46', second, 0.1),
  ]),
  scene('code', 'code software data digital tech web app program comput cloud', ({ main, second }) => [
    line('M-.42 -.46L-.86 0L-.42 .46', main, 0.15),
    line('M.42 -.46L.86 0L.42 .46', main, 0.15),
    line('M.16 -.62L-.16 .62', second, 0.13),
  ]),
  scene('grain', 'grain wheat bread loaf baker flour mill crust farm harvest brew beer', ({ main, second }) => [
    line('M0 .9V-.2', second, 0.07),
    ...[-0.1, 0.2, 0.5].flatMap((y) => [
      path(
        `M0 ${y + 0.2}C-.42 ${y + 0.14} -.46 ${y - 0.16} -.4 ${y - 0.28}C-.14 ${y - 0.2} 0 ${y} 0 ${y + 0.2}Z`,
        main,
      ),
      path(`M0 ${y + 0.2}C.42 ${y + 0.14} .46 ${y - 0.16} .4 ${y - 0.28}C.14 ${y - 0.2} 0 ${y} 0 ${y + 0.2}Z`, main),
    ]),
    path('M0 -.22C-.2 -.42 -.16 -.72 0 -.92C.16 -.72 .2 -.42 0 -.22Z', main),
  ]),
];
