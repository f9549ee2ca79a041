# Easemob's example class of 2015 in PHP, easemob/emchat-server-examples, folder emchat-server-php: each of its methods (php-curl).

run_suite() {
    # It is of PHP 5: counting a text is 1 there, an error today. Its address is a constant.
    sed -i -e "s|'https://a1.easemob.com/'|'$BASE/'|" -e '1s|<?php|<?php namespace Old; function count($v) { return is_array($v) ? \\count($v) : 1; }|' \
        Easemob.class.php
    mkdir -p resource/down resource/txtfile
    cat >drive.php <<'PHP'
<?php
error_reporting(E_ERROR);
require 'Easemob.class.php';
$passed = $failed = 0;
function call($name, $reply, $isRight = null) {
    global $passed, $failed;
    if (is_array($reply) && !isset($reply['error']) && ($isRight === null || $isRight($reply))) { $passed++; return $reply; }
    $failed++;
    echo "FAILED $name: ", substr(json_encode($reply), 0, 300), "\n";
    return is_array($reply) ? $reply : [];
}
$im = new Old\Easemob(['client_id' => getenv('CLIENT_ID'), 'client_secret' => getenv('CLIENT_SECRET'),
    'org_name' => getenv('ORG'), 'app_name' => getenv('APP')]);
file_put_contents('a.txt', 'one small file');
$picture = base64_decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==');
file_put_contents('a.png', $picture);
call('createUser', $im->createUser('u1', '1'));
call('createUsers', $im->createUsers([['username' => 'u2', 'password' => '1'], ['username' => 'u3', 'password' => '1'],
    ['username' => 'u4', 'password' => '1']]), fn($r) => count($r['entities']) === 3);
call('resetPassword', $im->resetPassword('u1', '2'));
call('getUser', $im->getUser('u1'), fn($r) => $r['entities'][0]['username'] === 'u1');
call('getUsers', $im->getUsers(2), fn($r) => $r['count'] === 2);
call('getUsersForPage', $im->getUsersForPage(2, ''), fn($r) => isset($r['cursor']));
call('editNickname', $im->editNickname('u1', 'Ann'), fn($r) => $r['entities'][0]['nickname'] === 'Ann');
call('addFriend', $im->addFriend('u1', 'u2'));
call('showFriends', $im->showFriends('u1'), fn($r) => $r['data'] === ['u2']);
call('deleteFriend', $im->deleteFriend('u1', 'u2'));
call('addUserForBlacklist', $im->addUserForBlacklist('u1', ['usernames' => ['u3']]));
call('getBlacklist', $im->getBlacklist('u1'), fn($r) => $r['data'] === ['u3']);
call('deleteUserFromBlacklist', $im->deleteUserFromBlacklist('u1', 'u3'));
call('isOnline', $im->isOnline('u1'), fn($r) => $r['data']['u1'] === 'offline');
call('getOfflineMessages', $im->getOfflineMessages('u1'), fn($r) => $r['data']['u1'] === 0);
call('getOfflineMessageStatus', $im->getOfflineMessageStatus('u1', '77225969013752296_pd7J8-20-c3104'));
call('deactiveUser', $im->deactiveUser('u4'));
call('activeUser', $im->activeUser('u4'));
call('disconnectUser', $im->disconnectUser('u4'), fn($r) => $r['data']['result'] === true);
$ext = ['a' => 'b'];
call('sendText', $im->sendText('admin', 'users', ['u1', 'u2'], 'hi', $ext), fn($r) => $r['data']['u1'] === 'success');
call('sendCmd', $im->sendCmd('admin', 'users', ['u1'], 'act', $ext), fn($r) => $r['data']['u1'] === 'success');
$group = call('createGroup', $im->createGroup(['groupname' => 'g', 'desc' => 'd', 'public' => true, 'owner' => 'u1',
    'members' => ['u2', 'u3']]))['data']['groupid'] ?? '';
call('getGroups', $im->getGroups(), fn($r) => $r['data'][0]['groupid'] === $group);
call('getGroupsForPage', $im->getGroupsForPage(2));
call('getGroupDetail', $im->getGroupDetail([$group]), fn($r) => $r['data'][0]['id'] === $group);
call('modifyGroupInfo', $im->modifyGroupInfo($group, ['groupname' => 'n', 'description' => 'x', 'maxusers' => 300]));
call('getGroupUsers', $im->getGroupUsers($group), fn($r) => count($r['data']) === 3);
call('addGroupMember', $im->addGroupMember($group, 'u4'));
call('deleteGroupMember', $im->deleteGroupMember($group, 'u4'));
call('addGroupMembers', $im->addGroupMembers($group, ['usernames' => ['u4']]));
call('deleteGroupMembers', $im->deleteGroupMembers($group, 'u3,u4'));
call('getGroupsForUser', $im->getGroupsForUser('u1'), fn($r) => $r['data'][0]['groupid'] === $group);
call('changeGroupOwner', $im->changeGroupOwner($group, ['newowner' => 'u2']));
call('addGroupBlackMember', $im->addGroupBlackMember($group, 'u1'));
call('getGroupBlackList', $im->getGroupBlackList($group), fn($r) => $r['data'] === ['u1']);
call('deleteGroupBlackMember', $im->deleteGroupBlackMember($group, 'u1'));
$im->addGroupMembers($group, ['usernames' => ['u1', 'u3']]);
call('addGroupBlackMembers', $im->addGroupBlackMembers($group, ['usernames' => ['u1', 'u3']]));
call('deleteGroupBlackMembers', $im->deleteGroupBlackMembers($group, ['usernames' => ['u1', 'u3']]));
call('deleteGroup', $im->deleteGroup($group));
$room = call('createChatRoom', $im->createChatRoom(['name' => 'r', 'description' => 'd', 'maxusers' => 300, 'owner' => 'u1',
    'members' => ['u2']]))['data']['id'] ?? '';
call('getChatRooms', $im->getChatRooms(), fn($r) => $r['data'][0]['id'] === $room);
call('getChatRoomDetail', $im->getChatRoomDetail($room));
call('getChatRoomJoined', $im->getChatRoomJoined('u2'), fn($r) => $r['data'][0]['id'] === $room);
call('addChatRoomMember', $im->addChatRoomMember($room, 'u3'));
call('deleteChatRoomMember', $im->deleteChatRoomMember($room, 'u3'));
call('addChatRoomMembers', $im->addChatRoomMembers($room, ['usernames' => ['u3', 'u4']]));
call('deleteChatRoomMembers', $im->deleteChatRoomMembers($room, 'u3,u4'));
call('deleteChatRoom', $im->deleteChatRoom($room));
call('getChatRecord', $im->getChatRecord(urlencode('select * where timestamp>1435536480000')), fn($r) => count($r['entities']) > 0);
call('getChatRecordForPage', $im->getChatRecordForPage(urlencode('select * where timestamp>1435536480000'), 1, ''));
call('deleteUser', $im->deleteUser('u4'));
call('deleteUsers', $im->deleteUsers(2));
echo "$passed of ", $passed + $failed, "\n";
exit($failed ? 1 : 0);
PHP
    php drive.php
}
