"""From records to what people read: needs the records of a run and its manifest, and nothing else of the benchmark."""
