import type { InputIssue } from '@selfos/kernel';

const SHORTEST = 12;
const LONGEST = 256;

export interface PasswordToCheck {
  readonly password: string;
  readonly email: string;
}

/**
 * What is wrong with a new password: too short, too long, one character over and over, or the address itself. No rules about kinds of
 * characters: they make passwords worse (NIST SP 800-63B §5.1.1.2). Length counts characters, not bytes.
 */
export function passwordIssues({ password, email }: PasswordToCheck): InputIssue[] {
  const characters = [...password.normalize('NFKC')];
  const pointer = '/password';
  if (characters.length < SHORTEST) return [{ pointer, detail: `Use at least ${SHORTEST} characters; a few words in a row are easy to keep in mind.` }];
  if (characters.length > LONGEST) return [{ pointer, detail: `Use at most ${LONGEST} characters.` }];
  if (new Set(characters).size < 4) return [{ pointer, detail: 'Use more than three different characters.' }];
  if (password.toLowerCase().includes(email.trim().toLowerCase())) return [{ pointer, detail: 'Leave your e-mail address out of the password.' }];
  return [];
}
