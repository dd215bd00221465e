import { describe, expect, it } from 'vitest';
import { frameText, readText, stackText } from '../../testing/stack-lines.ts';
import { decodeEntities } from './boxes.ts';

const box = (title: string, place: string) =>
  `<g class="x"><title>${title}</title><rect ${place} fill="red"/><text>..</text></g>\n`;
const picture = (boxes: string, head = '') =>
  `<?xml version="1.0"?>\n${head}<svg width="100">\n<style>g > rect {}</style>${boxes}</svg>\n`;

/** Boxes of FlameGraph's script: pixels, roots at the bottom. */
const old = [
  box('all (1,000 samples, 100%)', 'x="10.0" y="60" width="1000.0" height="15"'),
  box('main (900 samples, 90.00%)', 'x="10" y="44" width="900"'),
  box('idle (100 samples, 10.00%)', 'x="910" y="44" width="100"'),
  box('a (500 samples, 50.00%)', 'x="10" y="28" width="500.1"'),
  box('b&lt;int&gt;() (300 samples, 30.00%)', 'x="510" y="28" width="300"'),
];

describe('a flame graph picture', () => {
  it('has a tree in the places of its boxes', async () => {
    const { profiles } = await readText(picture(old.toReversed().join('')));
    expect(stackText(profiles[0]!)).toEqual([
      'all;main 100',
      'all;idle 100',
      'all;main;a 500',
      'all;main;b<int>() 300',
    ]);
    expect(profiles[0]!.metrics).toEqual([{ name: 'samples', unit: 'count' }]);
  });

  it('may hang from the top, say where its boxes are in samples, and what they count', async () => {
    const hanging = [
      box('all (5 bytes, 100%)', 'x="0%" y="10" width="100%" fg:x="0" fg:w="5"'),
      box('f (a.py:3) (4 bytes, 80%)', 'x="0%" y="26" width="80%" fg:x="0" fg:w="4"'),
      box('g (a.py:9) (4 bytes, 80%; +20%)', 'x="0%" y="42" width="80%" fg:x="0" fg:w="4"'),
    ];
    const { profiles } = await readText(picture(hanging.join('')));
    expect(stackText(profiles[0]!)).toEqual(['all 1', 'all;f;g 4']);
    expect(frameText(profiles[0]!)).toEqual(['all', 'f a.py:3', 'g a.py:9']);
    expect(profiles[0]!.metrics).toEqual([{ name: 'memory', unit: 'bytes' }]);
  });

  it('of 2012 has its titles in handlers, and those of today in links', async () => {
    const handlers = `<g class="func_g" onmouseover="s('all (3 samples, 100%)')"><rect x="1" y="5" width="9"/></g>`;
    expect(stackText((await readText(picture(handlers))).profiles[0]!)).toEqual(['all 3']);
    const links = `<a xlink:href="http://x"><g><title>all (3 samples, 100%)</title><rect x="1" y="5" width="9"/></g></a>`;
    expect(stackText((await readText(picture(links))).profiles[0]!)).toEqual(['all 3']);
  });

  it('is never markup: scripts, comments and titles outside of boxes are passed over', async () => {
    const script =
      '<script><![CDATA[ "<g><title>x (9 samples, 1%)</title><rect/>" ]]></script><!-- <g><title>y (9 samples, 1%)</title><rect/></g> --><title>t (9 samples, 1%)</title><rect x="1"/>';
    expect(stackText((await readText(picture(script + old[0]))).profiles[0]!)).toEqual(['all 1000']);
  });

  it('that declares entities, or is cut, or has no boxes, is refused', async () => {
    const bomb = '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';
    await expect(readText(picture(box('&b; (1 samples, 100%)', ''), bomb))).rejects.toThrow(
      'declares entities of its own',
    );
    await expect(readText(picture(old.join('')).slice(0, -4))).rejects.toThrow('does not end in </svg>');
    await expect(readText(picture('<g><title>flame graph</title></g>'))).rejects.toThrow('no box in the picture');
  });

  it('has the five entities of XML and numbers, no others', () => {
    expect(decodeEntities('&lt;a&gt; &amp;lt; &quot;&apos;&#39;&#x41; &nbsp; &b; &#0; &#x110000; &')).toBe(
      "<a> &lt; \"''A &nbsp; &b; &#0; &#x110000; &",
    );
  });
});
