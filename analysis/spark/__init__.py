"""The same models on Apache Spark, for archives that one machine cannot hold."""
