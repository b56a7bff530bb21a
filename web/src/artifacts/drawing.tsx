import { Box } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Framed } from './framed.tsx';
import type { Sent } from './kind.ts';
import { svgBox } from './svg-box.ts';
import { TextOf } from './text-of.tsx';

/** An SVG in a sandboxed frame of its own size, made to fit. */
export function Drawing({ sent, height }: { sent: Sent; height: number }) {
  return <TextOf sent={sent}>{(text) => <Fitted sent={sent} box={svgBox(text)} height={height} />}</TextOf>;
}

function Fitted({ sent, box, height }: { sent: Sent; box: ReturnType<typeof svgBox>; height: number }) {
  const { ref, width } = useElementSize();
  if (!box) return <Framed sent={sent} height={height} />;
  const scale = Math.min((width || box.width) / box.width, height / box.height);
  return (
    <Box ref={ref} style={{ height: box.height * scale, overflow: 'hidden', background: '#fff' }}>
      <Box
        style={{
          width: box.width,
          height: box.height,
          transform: `scale(${scale})`,
          transformOrigin: '0 0',
          marginLeft: Math.max(0, (width - box.width * scale) / 2),
        }}
      >
        <Framed sent={sent} height={box.height} />
      </Box>
    </Box>
  );
}
