#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// rename(2) that fails with EEXIST where the new name is taken. The C library has it as a GNU extension, which Swift
/// does not see.
static inline int outturn_rename_without_replacing(const char *old_name, const char *new_name) {
  const unsigned int noreplace = 1;
  return (int)syscall(SYS_renameat2, AT_FDCWD, old_name, AT_FDCWD, new_name, noreplace);
}

/// Whether what is written to an open file goes to the disk past the page cache (O_DIRECT, another GNU extension).
/// Fails with EINVAL where the file system has no such thing.
static inline int outturn_set_direct(int descriptor, int is_direct) {
  return fcntl(descriptor, F_SETFL, is_direct ? __O_DIRECT : 0);
}
