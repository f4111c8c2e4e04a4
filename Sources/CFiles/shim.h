#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

/// rename(2) that fails with EEXIST where the new name is taken. The C library has it as a GNU extension, which Swift
/// does not see.
static inline int outturn_rename_without_replacing(const char *old_name, const char *new_name) {
  const unsigned int noreplace = 1;
  return (int)syscall(SYS_renameat2, AT_FDCWD, old_name, AT_FDCWD, new_name, noreplace);
}
