/** The driver contract names Node's streams; the page takes only its facts and gets no Node types for it. */
declare module "node:stream" {
  export interface Duplex {
    readonly destroyed: boolean;
  }
}
