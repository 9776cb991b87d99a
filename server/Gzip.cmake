# cmake -DINPUT=file -DOUTPUT=file.gz -P Gzip.cmake
# With a date in the environment libarchive writes none: the same file is the same bytes.
set(ENV{SOURCE_DATE_EPOCH} 0)
file(ARCHIVE_CREATE OUTPUT ${OUTPUT} PATHS ${INPUT} FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
