"""What the package offers as a library; import it from `veracity_bench` itself."""
