//! A folder of Parquet tables, for DuckDB, pandas, Spark: `nodes.parquet`, `edges.parquet`, and `mentions.parquet` with every
//! piece of evidence, as in `csv`, but with types.
//!
//! In: the graph's rows. Out: counts as INT64, confidences as DOUBLE, days as DATE, everything else as text, lists as JSON in
//! it. A stored graph may have other texts where days stand; then the whole column is text, so that none is lost. Each table
//! is one row group, Snappy-compressed, and says nothing of when it was made.

use super::table::{Column, EDGE_COLUMNS, NODE_COLUMNS, Table, Type, Value};
use super::target::File;
use crate::error::Error;
use jiff::civil::{Date, date};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type as Schema;
use std::sync::Arc;

/// The tables.
///
/// # Errors
/// Never in memory.
pub fn files(table: &Table) -> std::result::Result<Vec<File>, Error> {
    let made = || Ok(vec![nodes(table)?, edges(table)?, mentions(table)?]);
    made().map_err(|e: parquet::errors::ParquetError| Error::Parquet(e.to_string()))
}

fn nodes(table: &Table) -> Result<File> {
    let mut sheet = vec![texts("id", table.nodes.iter().map(|row| row.node.id.as_str()))];
    let values: Vec<_> = table.nodes.iter().map(super::table::NodeRow::values).collect();
    for (index, column) in NODE_COLUMNS.into_iter().enumerate() {
        sheet.push(said(column, values.iter().map(|row| row[index].as_ref())));
    }
    file("nodes.parquet", &sheet)
}

fn edges(table: &Table) -> Result<File> {
    let mut sheet = vec![
        texts("source", table.edges.iter().map(|row| row.source.id.as_str())),
        texts("target", table.edges.iter().map(|row| row.target.id.as_str())),
    ];
    let values: Vec<_> = table.edges.iter().map(super::table::EdgeRow::values).collect();
    for (index, column) in EDGE_COLUMNS.into_iter().enumerate().filter(|(_, (name, _))| *name != "evidence") {
        sheet.push(said(column, values.iter().map(|row| row[index].as_ref())));
    }
    file("edges.parquet", &sheet)
}

fn mentions(table: &Table) -> Result<File> {
    let rows = || table.edges.iter().flat_map(|row| row.edge.evidence.iter().map(move |evidence| (row, evidence)));
    let sheet = [
        texts("source", rows().map(|(row, _)| row.source.id.as_str())),
        texts("target", rows().map(|(row, _)| row.target.id.as_str())),
        texts("kind", rows().map(|(row, _)| row.edge.kind.name())),
        texts("document", rows().map(|(_, said)| said.document.as_str())),
        counts("line", rows().map(|(_, said)| said.line)),
        counts("column", rows().map(|(_, said)| said.column)),
        counts("from_byte", rows().map(|(_, said)| said.span[0])),
        counts("to_byte", rows().map(|(_, said)| said.span[1])),
        texts("surface", rows().map(|(_, said)| said.surface.as_str())),
        texts("via", rows().map(|(_, said)| said.via.name())),
        ("confidence", Cells::Real(rows().map(|(_, said)| Some(said.confidence)).collect())),
        texts("quote", rows().map(|(_, said)| said.quote.as_str())),
        ("url", Cells::Text(rows().map(|(_, said)| said.url.as_deref().map(ByteArray::from)).collect())),
    ];
    file("mentions.parquet", &sheet)
}

/// A column: its name and its values, row by row.
type Filled = (&'static str, Cells);

enum Cells {
    Text(Vec<Option<ByteArray>>),
    Count(Vec<Option<i64>>),
    Real(Vec<Option<f64>>),
    /// Since 1970-01-01.
    Day(Vec<Option<i32>>),
}

fn texts<'g>(name: &'static str, values: impl Iterator<Item = &'g str>) -> Filled {
    (name, Cells::Text(values.map(|text| Some(text.into())).collect()))
}

fn counts(name: &'static str, values: impl Iterator<Item = usize>) -> Filled {
    (name, Cells::Count(values.map(|count| Some(whole(count))).collect()))
}

fn said<'v>((name, kind): Column, values: impl Iterator<Item = Option<&'v Value<'v>>> + Clone) -> Filled {
    let texts = || Cells::Text(values.clone().map(|value| value.map(|value| value.text().as_ref().into())).collect());
    let count = |value: &Value| if let Value::Count(count) = value { Some(whole(*count)) } else { None };
    // A value that is no day makes the whole column text.
    let days = || values.clone().map(|value| value.map_or(Some(None), |value| day(&value.text()).map(Some))).collect();
    let cells = match kind {
        Type::Count => Cells::Count(values.clone().map(|value| value.and_then(count)).collect()),
        Type::Day => Option::<Vec<_>>::map_or_else(days(), texts, Cells::Day),
        Type::Text | Type::Json => texts(),
    };
    (name, cells)
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The days from 1970-01-01 to a day written `YYYY-MM-DD`.
fn day(text: &str) -> Option<i32> {
    let day: Date = text.parse().ok()?;
    (day.to_string() == text).then(|| (day - date(1970, 1, 1)).get_days())
}

fn file(name: &'static str, columns: &[Filled]) -> Result<File> {
    let fields = columns.iter().map(|(name, cells)| {
        let (physical, logical) = cells.types();
        let column = Schema::primitive_type_builder(name, physical).with_logical_type(logical);
        Ok(Arc::new(column.with_repetition(Repetition::OPTIONAL).build()?))
    });
    let schema = Schema::group_type_builder("techgraph").with_fields(fields.collect::<Result<_>>()?).build()?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    columns.iter().try_for_each(|(_, cells)| cells.write(&mut group))?;
    group.close()?;
    writer.close()?;
    Ok(File { name, bytes })
}

impl Cells {
    fn types(&self) -> (Physical, Option<LogicalType>) {
        match self {
            Self::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Self::Count(_) => (Physical::INT64, None),
            Self::Real(_) => (Physical::DOUBLE, None),
            Self::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
        }
    }

    fn write(&self, group: &mut SerializedRowGroupWriter<&mut Vec<u8>>) -> Result<()> {
        match self {
            Self::Text(values) => write::<ByteArrayType>(values, group),
            Self::Count(values) => write::<Int64Type>(values, group),
            Self::Real(values) => write::<DoubleType>(values, group),
            Self::Day(values) => write::<Int32Type>(values, group),
        }
    }
}

/// Writes the next column: the values that there are, and in which rows they are.
fn write<T: DataType>(values: &[Option<T::T>], group: &mut SerializedRowGroupWriter<&mut Vec<u8>>) -> Result<()> {
    if let Some(mut column) = group.next_column()? {
        let there: Vec<i16> = values.iter().map(|value| value.is_some().into()).collect();
        let values: Vec<T::T> = values.iter().flatten().cloned().collect();
        column.typed::<T>().write_batch(&values, Some(&there), None)?;
        column.close()?;
    }
    Ok(())
}
