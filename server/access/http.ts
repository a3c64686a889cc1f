import { z } from 'zod';
import { DivisionCode } from '@/data/model/division';
import { Problem } from '@/data/model/problem';
import { Role } from '@/data/model/scope';
import { connection } from '../db/client';
import { signIn } from './store';

const Wanted = z.object({ role: Role, division: DivisionCode });

const cookieDays = 30;

/** POST {role, division}: takes a post of the demo chooser; DELETE: leaves it. The badge is a cookie scripts cannot read. */
export const handlePost = async (request: Request): Promise<Response> => {
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : '';
  const cookie = (badge: string, seconds: number): Response =>
    new Response(null, {
      status: 204,
      headers: {
        'set-cookie': `gridhall-post=${badge}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`,
      },
    });
  if (request.method === 'DELETE') return cookie('', 0);
  const wanted = Wanted.safeParse(await request.json().catch(() => null));
  if (!wanted.success) return Response.json({ code: 'invalid' }, { status: 400 });
  try {
    return cookie(await signIn(connection(), wanted.data), cookieDays * 86_400);
  } catch (error) {
    if (error instanceof Problem && error.code === 'not_allowed')
      return Response.json({ code: error.code }, { status: 403 });
    throw error;
  }
};
