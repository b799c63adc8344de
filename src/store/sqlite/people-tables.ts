/** The tables of people and doors. */
export interface PeopleTables {
  account: {
    site: string;
    id: string;
    login: string;
    /** As logins are compared. */
    login_key: string;
    name: string;
    unit: string;
    /** JSON lists; boards null: all. */
    roles: string;
    boards: string | null;
    active: number;
    must_change: number;
    password: string | null;
  };
  session: {
    site: string;
    hash: Uint8Array;
    id: string;
    account: string;
    opened_at: number;
    seen_at: number;
    address: string;
    agent: string;
  };
  device: { site: string; account: string; hash: Uint8Array; seen_at: number };
  token: {
    site: string;
    hash: Uint8Array;
    id: string;
    account: string;
    name: string;
    /** JSON list. */
    scopes: string;
    created_at: number;
    expires_at: number;
  };
  link: { site: string; hash: Uint8Array; account: string | null; expires_at: number };
  deputy: {
    site: string;
    id: string;
    account: string;
    deputy: string;
    role: string;
    from_at: number;
    until_at: number;
  };
}
