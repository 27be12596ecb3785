//! Reading documents back: for the projector, for hits, and to compare two indexes.

use crate::{Search, SearchError, Source};
use model::json;
use model::uuid::Uuid;
use std::collections::BTreeMap;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument};

impl Search {
    /// Everything the index was made from, by lead. Two indexes with equal contents find the same.
    pub fn contents(&self) -> Result<BTreeMap<Uuid, Source>, SearchError> {
        let searcher = self.inner.reader.searcher();
        let mut contents = BTreeMap::new();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            for document in reader.doc_ids_alive() {
                let (lead, source) = self.read(&searcher, DocAddress::new(segment, document))?;
                if contents.insert(lead, source).is_some() {
                    return Err(SearchError::Damaged("a lead has two documents"));
                }
            }
        }
        Ok(contents)
    }

    /// What the last commit knows of a lead.
    pub(crate) fn find(&self, searcher: &Searcher, lead: Uuid) -> Result<Option<Source>, SearchError> {
        let query = TermQuery::new(self.inner.fields.lead_term(lead), IndexRecordOption::Basic);
        let collector = tantivy::collector::DocSetCollector;
        let found = searcher.search(&query, &collector)?;
        found.into_iter().next().map(|address| Ok(self.read(searcher, address)?.1)).transpose()
    }

    pub(crate) fn read(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> Result<(Uuid, Source), SearchError> {
        let document: TantivyDocument = searcher.doc(address)?;
        let fields = &self.inner.fields;
        let lead = document.get_first(fields.lead).and_then(|value| Uuid::from_slice(value.as_bytes()?).ok());
        let source = document.get_first(fields.source).and_then(|value| json::from_str(value.as_str()?).ok());
        lead.zip(source).ok_or(SearchError::Damaged("a document cannot be read"))
    }
}
