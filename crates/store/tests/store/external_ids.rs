//! Ids of other systems.

use crate::fixtures::{ANNA, BERT, open};
use nameplate_domain::account::{ExternalId, FieldKey};
use nameplate_store::AgentFilter;
use nameplate_testkit::both_engines;
use std::collections::BTreeMap;

both_engines! {
    async fn an_id_is_one_agents_alone_and_leads_to_them(database: TestDatabase) {
        let store = open(&database).await;
        let (crm, hr) = (FieldKey::parse("crm").unwrap(), FieldKey::parse("hr").unwrap());
        let id = |text: &str| ExternalId::parse(text).unwrap();
        let (first, second) = (id("0031x"), id("A:7"));
        commit!(store, |tx, crm, hr, first, second| {
            tx.put_external_id(ANNA, &crm, Some(&second)).await?;
            tx.put_external_id(ANNA, &crm, Some(&first)).await?;
            tx.put_external_id(ANNA, &hr, Some(&first)).await?;
            tx.put_external_id(BERT, &crm, Some(&second)).await?;
        })
        .unwrap();
        let both = BTreeMap::from([(crm.clone(), first.clone()), (hr.clone(), first.clone())]);
        assert_eq!(query!(store, |tx| tx.external_ids(ANNA).await?), both);
        assert_conflict!(commit!(store, |tx, crm, first| tx.put_external_id(BERT, &crm, Some(&first)).await?), ExternalId);

        let found = async |system: &FieldKey, id: &ExternalId| {
            let filter = AgentFilter { external_id: Some((system.clone(), id.clone())), ..AgentFilter::default() };
            let agents = query!(store, |tx, filter| tx.agents_behind(None, &filter, 9).await?);
            agents.into_iter().map(|agent| agent.id).collect::<Vec<_>>()
        };
        assert_eq!(found(&crm, &first).await, [ANNA]);
        assert_eq!(found(&crm, &second).await, [BERT]);
        assert_eq!(found(&hr, &second).await, []);

        commit!(store, |tx, crm| tx.put_external_id(ANNA, &crm, None).await?).unwrap();
        commit!(store, |tx, crm, first| tx.put_external_id(BERT, &crm, Some(&first)).await?).unwrap();
        assert_eq!(found(&crm, &first).await, [BERT]);
        commit!(store, |tx| tx.erase_agent(BERT, &[]).await?).unwrap();
        assert_eq!(query!(store, |tx| tx.external_ids(BERT).await?), BTreeMap::new());
    }
}
