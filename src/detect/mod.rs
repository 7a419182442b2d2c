//! Stage three: which names stand in a report, and what they mean.
//!
//! [`scan`] finds every place that spells a surface form, [`context`] knows what surrounds it, [`disambiguate`] weighs the
//! evidence. Names that mean one thing only count as they stand; the others are decided twice, so that what the first
//! round decided helps the second.

mod agree;
mod context;
mod correct;
mod disambiguate;
mod discover;
mod firm;
mod in_house;
mod places;
mod scan;
mod spans;
pub mod trial;
mod typo;
mod unlisted;

use crate::document::Document;
use crate::entity::{Entity, EntityKind};
use crate::feature::{Feature, FeatureWeights};
use crate::gazetteer::{Gazetteer, SurfaceRef};
use crate::language::boundary::Tail;
use crate::language::words::is_word;
use crate::mention::{Decision, Evidence, Mention, Via};
use crate::span::Span;
use crate::talk::Talk;
use crate::weights::weights;
use context::Context;
use correct::{Corrections, Struck};
use disambiguate::Neighbour;
use scan::{Candidate, Passage, candidates, is_sure, passages};
use spans::Spans;
use std::collections::BTreeMap;

/// A first-round decision helps the second only from this score on.
const SETTLED: f64 = 1.0;

/// How names are found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options<'w> {
    /// What becomes of names that are in no gazetteer; by default they are found.
    pub discover: Discover,
    /// What becomes of a user's corrections; by default they are followed.
    pub corrections: Heed,
    /// What evidence weighs; by default what [`weights`] says.
    pub weights: &'w FeatureWeights,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { discover: Discover::default(), corrections: Heed::default(), weights: &weights().mentions }
    }
}

/// What becomes of a user's corrections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heed {
    /// They are followed.
    #[default]
    Followed,
    /// The evidence alone decides, as where the gazetteer's own sentences are tried.
    Ignored,
}

/// What becomes of names that are in no gazetteer. A misspelt one is of something listed, and found either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Discover {
    /// They are found from how the text uses them.
    #[default]
    Unlisted,
    /// They are passed over.
    Nothing,
}

/// Decides every candidate of a document, in text order. The accepted ones never overlap.
pub fn decide(document: &Document, talks: &[Talk], gazetteer: &Gazetteer, options: &Options) -> Vec<Decision> {
    let passages = passages(document, talks);
    let mut all = candidates(&passages, gazetteer);
    let corrections = Corrections::of(document, gazetteer, options.corrections);
    corrections.assert(&mut all, &passages);
    let people: Spans = talks.iter().flat_map(|t| &t.byline.speakers).map(|s| s.span).collect();
    let employers = talks.iter().flat_map(|t| &t.byline.speakers).filter_map(|s| s.company.as_ref());
    let unlisted = talks.iter().flat_map(|t| &t.byline.companies).filter(|c| gazetteer.get(EntityKind::Company, &c.id).is_none());
    let companies: Spans = employers.chain(unlisted).map(|c| c.span).collect();
    let told: Spans = talks.iter().flat_map(|t| &t.byline.companies).map(|c| c.span).collect();
    let mut job = Job {
        passages: &passages,
        gazetteer,
        weights: options.weights,
        people: &people,
        companies: &companies,
        told: &told,
        firms: Vec::new(),
    };
    let known = Known::of(&all, passages.len());
    let mut struck = corrections.strike(&mut all, &passages);
    let sure = job.longest_sure(&all);
    job.firms = job.sure_companies(&sure);
    let mut context = Context::new(&passages, &sure, gazetteer);
    let mut beside: Vec<Vec<&Candidate>> = vec![Vec::new(); passages.len()];
    sure.iter().for_each(|c| beside[c.passage].push(c));
    // What lies within a sure name is decided with it; what holds one may be the longer name.
    let is_open = |c: &&Candidate| !c.sure && !is_taken(&beside[c.passage], c.hit.span);
    let mut slips = typo::candidates(&passages, &known, gazetteer);
    slips.retain(|c| !job.is_person(c) && !job.is_employer(c));
    struck.extend(corrections.strike(&mut slips, &passages));
    let open: Vec<&Candidate> = all.iter().filter(is_open).chain(&slips).collect();
    let mut neighbours: Vec<Vec<Neighbour>> = vec![Vec::new(); passages.len()];
    for candidate in sure.iter().chain(&open).filter(|c| job.may_be_technology(c)) {
        neighbours[candidate.passage].push(Neighbour { span: candidate.hit.span, sure: candidate.sure });
    }
    neighbours.iter_mut().for_each(|n| n.sort_by_key(|n| n.span.start));
    let weigh = |c: &Candidate, neighbours: &[Vec<Neighbour>], context: &Context| job.weigh(c, &neighbours[c.passage], context);
    let first: Vec<Option<SurfaceRef>> =
        open.iter().map(|c| weigh(c, &neighbours, &context).filter(|(_, d)| d.score() >= SETTLED).map(|(option, _)| option)).collect();
    for (candidate, option) in open.iter().zip(first).filter_map(|(c, o)| o.map(|o| (c, o))) {
        context.settle(candidate, option.entity);
        let here = neighbours[candidate.passage].iter_mut().filter(|n| n.span == candidate.hit.span);
        here.for_each(|n| n.sure = true);
    }
    let mut decisions: Vec<Decision> = open.iter().filter_map(|c| weigh(c, &neighbours, &context).map(|(_, d)| d)).collect();
    agree::agree(&mut decisions, &document.source, options.weights);
    decisions.extend(sure.iter().map(|c| job.sure(c, &neighbours[c.passage], &context)));
    let outside = |s: &&Struck| !is_taken(&beside[s.candidate.passage], s.candidate.hit.span);
    decisions.extend(struck.iter().filter(outside).filter_map(|s| job.struck(s, &neighbours, &context)));
    if options.discover == Discover::Unlisted {
        decisions.extend(discover::companies(&job, talks, &beside, &open));
        decisions.extend(unlisted::decisions(&job, &known, &neighbours, &context, talks));
    }
    corrections.amend(&mut decisions);
    settle(decisions)
}

/// Keeps, of accepted decisions that overlap, the longest; sorts by place.
fn settle(mut decisions: Vec<Decision>) -> Vec<Decision> {
    decisions.sort_by(|a, b| {
        // What is listed stands before what was discovered.
        let rank = |d: &Decision| (std::cmp::Reverse(d.mention.span.len()), d.mention.span.start, d.mention.via == Via::Discovered);
        rank(a).cmp(&rank(b)).then(b.score().total_cmp(&a.score()))
    });
    let mut taken = Taken::default();
    for decision in decisions.iter_mut().filter(|d| d.accepted) {
        if !taken.take(decision.mention.span) {
            decision.rule(false, "part of a longer name");
        }
    }
    decisions.sort_by_key(|d| (d.mention.span.start, std::cmp::Reverse(d.mention.span.end), !d.accepted));
    decisions
}

/// Spans that never overlap, by their starts.
#[derive(Default)]
struct Taken(BTreeMap<usize, usize>);

impl Taken {
    /// Takes a span unless it overlaps one that was taken.
    fn take(&mut self, span: Span) -> bool {
        let free = self.is_free(span);
        if free {
            self.0.insert(span.start, span.end);
        }
        free
    }

    /// Whether a span overlaps none that was taken.
    fn is_free(&self, span: Span) -> bool {
        self.0.range(..span.end).next_back().is_none_or(|(_, end)| *end <= span.start)
    }
}

/// Whether a span overlaps a sure name without holding it; the names are sorted and never overlap.
fn is_taken(sure: &[&Candidate], span: Span) -> bool {
    let from = sure.partition_point(|s| s.hit.span.end <= span.start);
    sure[from..].iter().take_while(|s| s.hit.span.start < span.end).any(|s| !span.contains(s.hit.span))
}

/// Where candidates stand in each passage, in order; those that overlap are one.
struct Known(Vec<Vec<Span>>);

impl Known {
    fn of(all: &[Candidate], passages: usize) -> Self {
        let mut known: Vec<Vec<Span>> = vec![Vec::new(); passages];
        for candidate in all {
            let (spans, span) = (&mut known[candidate.passage], candidate.hit.span);
            match spans.last_mut().filter(|last| span.start < last.end) {
                Some(last) => last.end = last.end.max(span.end),
                None => spans.push(span),
            }
        }
        Self(known)
    }

    /// Whether no candidate stands at a span of a passage.
    fn is_free(&self, passage: usize, span: Span) -> bool {
        let spans = &self.0[passage];
        spans.get(spans.partition_point(|s| s.end <= span.start)).is_none_or(|s| s.start >= span.end)
    }
}

/// Whether a name that counts wherever it stands is an everyday word, or shares its spelling with one, all the same.
fn is_everyday(written: &str, entity: &Entity) -> bool {
    !entity.rule.context.is_empty() || is_word(&written.to_lowercase())
}

/// What judging the candidates of one document needs.
struct Job<'a> {
    passages: &'a [Passage<'a>],
    gazetteer: &'a Gazetteer,
    weights: &'a FeatureWeights,
    /// Where speakers' names stand in the file's text.
    people: &'a Spans,
    /// Where speakers' companies stand.
    companies: &'a Spans,
    /// Where a talk is said to be of a company: a name, or that of the company's own event.
    told: &'a Spans,
    /// Where names stand in each passage that are companies' alone.
    firms: Vec<Vec<Span>>,
}

impl Job<'_> {
    /// The sure candidates that lie in no longer one and in no speaker's name.
    fn longest_sure<'c>(&self, all: &'c [Candidate]) -> Vec<&'c Candidate> {
        let mut sure: Vec<&Candidate> =
            all.iter().filter(|c| c.sure && (c.ruling.is_some() || !self.is_person(c) && !self.is_honoured(c))).collect();
        sure.sort_by_key(|c| (c.passage, std::cmp::Reverse(c.hit.span.len()), c.hit.span.start));
        let mut kept: Vec<&Candidate> = Vec::with_capacity(sure.len());
        let mut taken = Taken::default();
        for candidate in sure {
            if kept.last().is_some_and(|k| k.passage != candidate.passage) {
                taken = Taken::default();
            }
            if taken.take(candidate.hit.span) {
                kept.push(candidate);
            }
        }
        kept.sort_by_key(|c| (c.passage, c.hit.span.start));
        kept
    }

    fn sure_companies(&self, sure: &[&Candidate]) -> Vec<Vec<Span>> {
        let mut found = vec![Vec::new(); self.passages.len()];
        let company = |c: &&&Candidate| c.options.iter().all(|o| self.gazetteer.entity(*o).kind == EntityKind::Company);
        sure.iter().filter(company).for_each(|c| found[c.passage].push(c.hit.span));
        found
    }

    /// Whether it is listed with several companies, and with no technology: `구글, 오라클, 애플`, not `Rackspace, AWS, Xen`.
    fn is_listed(&self, candidate: &Candidate, neighbours: &[Neighbour]) -> bool {
        let text = self.passages[candidate.passage].block.text.text();
        let (span, firms) = (candidate.hit.span, &self.firms[candidate.passage]);
        let technologies: Vec<Span> = neighbours.iter().map(|n| n.span).filter(|n| !firms.contains(n)).collect();
        disambiguate::listed_with(text, span, firms) >= 2 && disambiguate::listed_with(text, span, &technologies) == 0
    }

    fn may_be_technology(&self, candidate: &Candidate) -> bool {
        candidate.options.iter().any(|o| self.gazetteer.entity(*o).kind == EntityKind::Technology)
    }

    /// `젠킨스님`: somebody is called like a product.
    fn is_honoured(&self, candidate: &Candidate) -> bool {
        let company = candidate.options.iter().any(|o| self.gazetteer.entity(*o).kind == EntityKind::Company);
        candidate.hit.boundary.tail == Tail::Honorific && !company
    }

    fn origin(&self, candidate: &Candidate) -> Span {
        self.passages[candidate.passage].block.text.origin(candidate.hit.span)
    }

    /// Whether it stands in a speaker's company, or a talk's company is told by it.
    fn is_employer(&self, candidate: &Candidate) -> bool {
        let origin = self.origin(candidate);
        self.companies.overlap(origin) || self.told.has(origin)
    }

    /// Whether a span of a passage stands in a speaker's name or company.
    fn is_of_byline(&self, passage: usize, span: Span) -> bool {
        let origin = self.passages[passage].block.text.origin(span);
        self.people.overlap(origin) || self.companies.overlap(origin)
    }

    fn is_person(&self, candidate: &Candidate) -> bool {
        let origin = self.origin(candidate);
        self.people.contain(origin)
    }

    /// What was rejected, with what else the evidence would have said.
    fn struck(&self, struck: &Struck, neighbours: &[Vec<Neighbour>], context: &Context) -> Option<Decision> {
        let neighbours = &neighbours[struck.candidate.passage];
        let sure = struck.candidate.sure.then(|| self.sure(&struck.candidate, neighbours, context));
        let mut decision = sure.or_else(|| self.weigh(&struck.candidate, neighbours, context).map(|(_, d)| d))?;
        decision.rule(false, &struck.why);
        Some(decision)
    }

    /// A sure candidate: which of its entities it is.
    fn sure(&self, candidate: &Candidate, neighbours: &[Neighbour], context: &Context) -> Decision {
        if let Some(why) = &candidate.ruling {
            let mut decision = self.decision(candidate, candidate.options[0], Vec::new(), Via::Alias);
            decision.rule(true, why);
            decision.mention.confidence = 1.0;
            return decision;
        }
        let text = self.passages[candidate.passage].block.text.text();
        let span = candidate.hit.span;
        let options: Vec<SurfaceRef> = candidate.options.iter().copied().filter(|o| is_sure(*o, span.of(text), self.gazetteer)).collect();
        let byline = self.is_employer(candidate);
        let company_place =
            byline || self.is_listed(candidate, neighbours) || disambiguate::is_company_place(text, span, candidate.hit.boundary.tail);
        // Where a company would stand, a company's name need not be sure.
        let readings = if company_place { &candidate.options } else { &options };
        let kind = |kind: EntityKind| readings.iter().copied().find(|o| self.gazetteer.entity(*o).kind == kind);
        let (first, second) =
            if company_place { (EntityKind::Company, EntityKind::Technology) } else { (EntityKind::Technology, EntityKind::Company) };
        // A company whose product has the same name: the product, where the context speaks for it.
        if !company_place && kind(EntityKind::Technology).is_none() && candidate.options.len() > options.len() {
            let product = self
                .weigh(candidate, neighbours, context)
                .filter(|(o, d)| d.accepted && self.gazetteer.entity(*o).kind == EntityKind::Technology);
            if let Some((_, decision)) = product {
                return decision;
            }
        }
        let feature = match (options.len(), company_place) {
            (..=1, _) => Feature::Sure,
            (_, true) => Feature::CompanyPlace,
            (_, false) => Feature::ProductPlace,
        };
        // `Tom Hatch of Salt Stack`: who makes it, though no gazetteer has them as a company.
        let maker = self.companies.has(self.origin(candidate)) && kind(EntityKind::Company).is_none();
        let decide = |option: SurfaceRef| {
            let mut evidence = vec![Evidence::once(feature)];
            let entity = self.gazetteer.entity(option);
            if entity.kind == EntityKind::Technology && is_everyday(span.of(text), entity) {
                evidence.extend(context.rarity(Some(option.entity)).map(Evidence::once));
            }
            self.decision(candidate, option, evidence, Via::Alias)
        };
        let chosen = kind(first).or_else(|| kind(second)).or_else(|| options.first().copied()).unwrap_or(candidate.options[0]);
        let mut decision = decide(chosen);
        if maker {
            decision.rule(false, "a speaker's company");
        }
        // What is no product where nothing technical is said may be the company all the same.
        let other = kind(second).filter(|_| !decision.accepted).map(decide).filter(|d| d.accepted);
        other.unwrap_or(decision)
    }

    /// The best reading of a candidate that is not sure.
    fn weigh(&self, candidate: &Candidate, neighbours: &[Neighbour], context: &Context) -> Option<(SurfaceRef, Decision)> {
        let passage = &self.passages[candidate.passage];
        let person = self.is_person(candidate);
        let byline = self.is_employer(candidate);
        let open = candidate
            .options
            .iter()
            .filter(|o| candidate.slip.is_some() || !is_sure(**o, candidate.hit.span.of(passage.block.text.text()), self.gazetteer));
        let readings = open.map(|option| {
            let mut evidence = disambiguate::evidence(candidate, *option, passage, neighbours, context, self.gazetteer);
            if person {
                evidence.push(Evidence::once(Feature::Person));
            }
            if byline && self.gazetteer.entity(*option).kind == EntityKind::Company {
                evidence.push(Evidence::once(Feature::Employer));
            }
            if self.gazetteer.entity(*option).kind == EntityKind::Company && self.is_listed(candidate, neighbours) {
                evidence.retain(|e| e.feature != Feature::CompanyPlace);
                evidence.push(Evidence::once(Feature::Companies));
            }
            let via = match candidate.slip {
                Some(_) => Via::Typo,
                None if self.gazetteer.surface(*option).ambiguous => Via::Context,
                None => Via::Alias,
            };
            (*option, self.decision(candidate, *option, evidence, via))
        });
        readings.max_by(|(_, a), (_, b)| a.score().total_cmp(&b.score()))
    }

    fn decision(&self, candidate: &Candidate, option: SurfaceRef, evidence: Vec<Evidence>, via: Via) -> Decision {
        let entity = self.gazetteer.entity(option);
        let mention = Mention {
            block: self.passages[candidate.passage].index,
            span: self.origin(candidate),
            entity: entity.id.clone(),
            name: entity.name.clone(),
            kind: entity.kind,
            category: entity.category.clone(),
            in_house: entity.in_house,
            confidence: 0.0,
            via,
        };
        Decision::of(mention, evidence, self.weights)
    }
}
