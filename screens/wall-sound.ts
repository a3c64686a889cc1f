'use client';

/** Two tones, Hz, and how long each sounds, s. */
const tones = [880, 660] as const;
const toneS = 0.35;
const loudness = 0.4;
/** The alarm sounds again this often. */
const everyMs = 2_000;
/** A browser that lets a page sound says so within this. */
const patienceMs = 500;

let context: AudioContext | null = null;

/** Whether the browser lets this page sound: one that nobody touched since it was loaded may have to be silent. */
export const mayNowSound = async (): Promise<boolean> => {
  context ??= new AudioContext();
  if (context.state !== 'running') {
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([context.resume(), patience]).catch(() => {});
  }
  return context.state === 'running';
};

/** Sounds the alarm of a Ⅰ once (铃声), made here and now: no file. Silent where the browser forbids. */
export const soundOnce = (): void => {
  const audio = context;
  if (audio?.state !== 'running') return;
  for (const [i, hertz] of tones.entries()) {
    const [from, to] = [audio.currentTime + i * toneS, audio.currentTime + (i + 1) * toneS];
    const tone = new OscillatorNode(audio, { type: 'triangle', frequency: hertz });
    const volume = new GainNode(audio, { gain: 0 });
    // a tone that starts and ends at full strength clicks
    volume.gain.setValueAtTime(0, from).linearRampToValueAtTime(loudness, from + 0.02);
    volume.gain.setValueAtTime(loudness, to - 0.08).linearRampToValueAtTime(0, to);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(to);
  }
};

/** Sounds the alarm until the returned function is called. */
export const soundAgainAndAgain = (): (() => void) => {
  soundOnce();
  const timer = setInterval(soundOnce, everyMs);
  return () => clearInterval(timer);
};
