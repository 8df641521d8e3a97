//! Profile pictures, stored in the database so that every node and every backup has them.

use crate::error::Error;
use crate::tx::Tx;
use crate::value::{Row, params};
use nameplate_domain::ids::AgentId;

/// One size of a picture, as JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// Width and height in pixels.
    pub px: u32,
    /// The JPEG file.
    pub bytes: Vec<u8>,
}

impl Tx {
    /// One size of the picture under `key`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn picture(&self, key: &str, px: u32) -> Result<Option<Vec<u8>>, Error> {
        let row =
            self.query_opt("SELECT bytes FROM pictures WHERE key = $1 AND px = $2", params![key, px]).await?;
        row.map(|mut row| row.bytes()).transpose()
    }

    /// All sizes of an agent's picture, the smallest first.
    ///
    /// # Errors
    /// `Unavailable`, `Corrupt`.
    pub async fn pictures_of(&self, agent: AgentId) -> Result<Vec<PictureFile>, Error> {
        let sql = "SELECT px, bytes FROM pictures WHERE agent_id = $1 ORDER BY px";
        let read = |mut row: Row| Ok(PictureFile { px: row.small()?, bytes: row.bytes()? });
        self.query(sql, params![agent]).await?.into_iter().map(read).collect()
    }

    /// Puts the files under `key` in place of all other pictures of the agent; none to remove them.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn replace_pictures(
        &self,
        agent: AgentId,
        key: &str,
        files: &[PictureFile],
    ) -> Result<(), Error> {
        self.execute("DELETE FROM pictures WHERE agent_id = $1", params![agent]).await?;
        for file in files {
            let sql = "INSERT INTO pictures (key, px, agent_id, bytes) VALUES ($1, $2, $3, $4)";
            self.execute(sql, params![key, file.px, agent, file.bytes.as_slice()]).await?;
        }
        Ok(())
    }
}
